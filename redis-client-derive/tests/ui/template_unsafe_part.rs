use redis_client::{Alphabet, KeyError, KeyPart, RedisKey};

struct Anything(String);

impl KeyPart for Anything {
    const ALPHABET: Alphabet = Alphabet::new(u128::MAX, true);

    fn write_part(&self, out: &mut String) {
        out.push_str(&self.0);
    }

    fn parse_part(text: &str) -> Result<Self, KeyError> {
        Ok(Self(text.to_owned()))
    }
}

#[derive(RedisKey)]
#[redis(key = "note:{note}")]
struct NoteKey {
    note: Anything,
}

fn main() {}
