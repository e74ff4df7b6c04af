//! The name under which Redis caches a script.

use std::fmt::Write as _;

/// The SHA-1 of a text, in hexadecimal digits: what `EVALSHA` wants.
pub(super) fn hex(text: &[u8]) -> String {
    let mut bytes = text.to_vec();
    bytes.push(0x80);
    while bytes.len() % 64 != 56 {
        bytes.push(0);
    }
    // The length in bits, and everything else in SHA-1, has its highest byte first.
    bytes.extend((text.len() as u64 * 8).to_le_bytes().iter().rev());
    let mut state = [
        0x6745_2301_u32,
        0xEFCD_AB89,
        0x98BA_DCFE,
        0x1032_5476,
        0xC3D2_E1F0,
    ];
    for block in bytes.chunks_exact(64) {
        absorb(&mut state, block);
    }
    state.iter().fold(String::new(), |mut hex, word| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{word:08x}");
        hex
    })
}

#[expect(clippy::many_single_char_names, reason = "the standard's own names")]
fn absorb(state: &mut [u32; 5], block: &[u8]) {
    let mut words: Vec<u32> = block
        .chunks_exact(4)
        .map(|bytes| bytes.iter().fold(0, |word, byte| (word << 8) | u32::from(*byte)))
        .collect();
    let word = |words: &[u32], back: usize| words.get(words.len() - back).copied().unwrap_or_default();
    while words.len() < 80 {
        let next = word(&words, 3) ^ word(&words, 8) ^ word(&words, 14) ^ word(&words, 16);
        words.push(next.rotate_left(1));
    }
    let [mut a, mut b, mut c, mut d, mut e] = *state;
    for (round, word) in words.into_iter().enumerate() {
        let (mix, constant) = match round {
            0..20 => ((b & c) | (!b & d), 0x5A82_7999_u32),
            20..40 => (b ^ c ^ d, 0x6ED9_EBA1),
            40..60 => ((b & c) | (b & d) | (c & d), 0x8F1B_BCDC),
            _ => (b ^ c ^ d, 0xCA62_C1D6),
        };
        let next = a
            .rotate_left(5)
            .wrapping_add(mix)
            .wrapping_add(e)
            .wrapping_add(constant)
            .wrapping_add(word);
        (e, d, c, b, a) = (d, c, b.rotate_left(30), a, next);
    }
    for (state, add) in state.iter_mut().zip([a, b, c, d, e]) {
        *state = state.wrapping_add(add);
    }
}

#[cfg(test)]
mod tests {
    use super::hex;

    #[test]
    fn it_is_sha_1() {
        let rows = [
            ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
            ),
        ];
        for (text, sum) in rows {
            assert_eq!(hex(text.as_bytes()), sum);
        }
    }
}
