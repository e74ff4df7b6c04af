//! The short way of reading features (layer 0): an object of plain names and numbers, straight from its text.

use super::Entry;

/// Powers of ten that are exact in 64 bits of floating point.
const POWERS_OF_TEN: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// The largest whole number up to which all are exact in 64 bits of floating point.
const MANTISSA_MAX: u64 = 1 << 53;

/// The members of an object that is all of `text`, and whether they are sorted by name; `None` for what is not plain.
pub(super) fn plain_entries(text: &str) -> Option<(Vec<Entry>, bool)> {
    // No member is shorter than `"":0,`, and few are shorter than this.
    let mut entries: Vec<Entry> = Vec::with_capacity(text.len() / 16);
    let mut scan = Scan {
        rest: text.as_bytes(),
    };
    let mut is_sorted = true;
    let mut last: &[u8] = b"";
    scan.expect(b'{')?;
    if scan.peek()? == b'}' {
        scan.expect(b'}')?;
    } else {
        // Bound: the text.
        loop {
            scan.expect(b'"')?;
            let start = text.len() - scan.rest.len();
            let name = scan.name()?;
            scan.expect(b':')?;
            scan.peek()?;
            let value = scan.number()?;
            is_sorted &= entries.is_empty() || last < name;
            last = name;
            let end = start + name.len();
            entries.push(Entry { start, end, value });
            let (next, rest) = scan.peeked()?;
            scan.rest = rest;
            match next {
                b',' => {}
                b'}' => break,
                _ => return None,
            }
        }
    }
    scan.peek().is_none().then_some((entries, is_sorted))
}

/// What is left of a JSON text.
struct Scan<'t> {
    rest: &'t [u8],
}

impl<'t> Scan<'t> {
    /// The next byte that is no white space, and what follows it.
    #[inline]
    fn peeked(&mut self) -> Option<(u8, &'t [u8])> {
        // Bound: the text.
        loop {
            let (&byte, rest) = self.rest.split_first()?;
            if !matches!(byte, b' ' | b'\t' | b'\n' | b'\r') {
                return Some((byte, rest));
            }
            self.rest = rest;
        }
    }

    fn peek(&mut self) -> Option<u8> {
        self.peeked().map(|(byte, _)| byte)
    }

    fn expect(&mut self, wanted: u8) -> Option<()> {
        let (byte, rest) = self.peeked()?;
        self.rest = rest;
        (byte == wanted).then_some(())
    }

    /// The rest of a text without an escape.
    fn name(&mut self) -> Option<&'t [u8]> {
        let rest = self.rest;
        let end = rest
            .iter()
            .position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))?;
        let (name, rest) = rest.split_at_checked(end)?;
        let (&quote, rest) = rest.split_first()?;
        self.rest = rest;
        (quote == b'"').then_some(name)
    }

    /// A number by the grammar of JSON, rounded to the nearest that 64 bits hold; `None` beyond their range.
    fn number(&mut self) -> Option<f64> {
        let text = self.rest;
        let is_negative = text.first() == Some(&b'-');
        if is_negative {
            self.skip();
        }
        let has_leading_zero = self.rest.first() == Some(&b'0');
        let (mut mantissa, whole) = self.digits(0);
        if whole == 0 || (whole > 1 && has_leading_zero) {
            return None;
        }
        let mut fraction = 0;
        if self.rest.first() == Some(&b'.') {
            self.skip();
            (mantissa, fraction) = self.digits(mantissa);
            if fraction == 0 {
                return None;
            }
        }
        let has_exponent = matches!(self.rest.first(), Some(b'e' | b'E'));
        if has_exponent {
            self.skip();
            if matches!(self.rest.first(), Some(b'+' | b'-')) {
                self.skip();
            }
            if self.digits(0).1 == 0 {
                return None;
            }
        }
        // Both are exact below these limits, so their quotient is the nearest number there is; 19 digits fit the mantissa.
        if let Some(&power) = POWERS_OF_TEN.get(fraction)
            && whole + fraction <= 19
            && mantissa <= MANTISSA_MAX
            && !has_exponent
        {
            #[expect(clippy::cast_precision_loss, reason = "no more than 53 bits")]
            let value = mantissa as f64 / power;
            return Some(if is_negative { -value } else { value });
        }
        let number = text.get(..text.len() - self.rest.len())?;
        let value: f64 = std::str::from_utf8(number).ok()?.parse().ok()?;
        value.is_finite().then_some(value)
    }

    fn skip(&mut self) {
        self.rest = self.rest.get(1..).unwrap_or_default();
    }

    /// Reads digits on to `mantissa`, which is right as long as there are no more than 19, and says how many there are.
    #[inline]
    fn digits(&mut self, mut mantissa: u64) -> (u64, usize) {
        let before = self.rest.len();
        // Bound: the text.
        while let Some((eight, rest)) = self.rest.split_first_chunk::<8>()
            && let Some(number) = eight_digits(*eight)
        {
            mantissa = mantissa.wrapping_mul(100_000_000).wrapping_add(number);
            self.rest = rest;
        }
        while let Some((byte, rest)) = self.rest.split_first()
            && byte.is_ascii_digit()
        {
            mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
            self.rest = rest;
        }
        (mantissa, before - self.rest.len())
    }
}

/// The number that eight digits make, if they are all digits: eight bytes in one word, first each, then pairs, fours and all.
#[inline]
pub(super) fn eight_digits(bytes: [u8; 8]) -> Option<u64> {
    const HIGH: u64 = 0xF0F0_F0F0_F0F0_F0F0;
    let word = u64::from_le_bytes(bytes);
    // A digit's high half is 3, and stays so when 6 is added to it.
    if word & HIGH != 0x3030_3030_3030_3030
        || word.wrapping_add(0x0606_0606_0606_0606) & HIGH != 0x3030_3030_3030_3030
    {
        return None;
    }
    let digits = word & 0x0F0F_0F0F_0F0F_0F0F;
    let pairs = (digits * 10 + (digits >> 8)) & 0x00FF_00FF_00FF_00FF;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_FFFF_0000_FFFF;
    Some((fours * 10_000 + (fours >> 32)) & 0xFFFF_FFFF)
}
