//! Arithmetic on exact decimals, as whole numbers at a common scale. What does not fit 128 bits is not known.

use crate::codegen::number::Exact;

/// The numbers as whole numbers of the same unit, `10^-scale`.
pub(crate) fn common(numbers: &[&Exact]) -> Option<(Vec<i128>, u32)> {
    let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    let places = |text: &String| text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let scale = texts.iter().map(places).max().unwrap_or(0);
    let whole = |text: &String| {
        let zeros = "0".repeat(scale - places(text));
        format!("{}{zeros}", text.replace('.', "")).parse::<i128>().ok()
    };
    let numbers = texts.iter().map(whole).collect::<Option<Vec<i128>>>()?;
    // Room to add and to step without overflow.
    let small = numbers.iter().all(|number| number.unsigned_abs() < 1 << 120);
    small.then_some((numbers, u32::try_from(scale).ok()?))
}

/// `units * 10^-scale`.
pub(crate) fn exact(units: i128, scale: u32) -> Option<Exact> {
    Exact::parse(&format!("{units}e-{scale}"))
}

/// Whether `number` is a multiple of `step`, which is above 0.
pub(crate) fn is_multiple(number: &Exact, step: &Exact) -> Option<bool> {
    if number.is_zero() {
        return Some(true);
    }
    let (units, _) = common(&[number, step])?;
    match units.as_slice() {
        [number, step] => number.checked_rem(*step).map(|rest| rest == 0),
        _ => None,
    }
}

/// The greatest common divisor of two numbers above 0.
pub(crate) fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The least common multiple of two numbers above 0.
pub(crate) fn lcm(a: i128, b: i128) -> Option<i128> {
    (a / gcd(a, b)).checked_mul(b).filter(|all| *all < 1 << 120)
}
