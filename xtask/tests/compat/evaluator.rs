//! The evaluator that confirms witnesses, against the referee: a schema of one constant is compatible with another schema exactly
//! when the constant is valid under it.

use serde_json::json;

use super::generate::{self, Random};
use super::random::{Grower, root};
use super::{compare, validator};

#[test]
fn a_constant_is_compatible_exactly_when_it_is_valid() {
    let mut valid = 0;
    for seed in 0..100 {
        let mut random = Random(seed);
        let schema = root(&mut Grower { random: &mut random });
        let validator = validator(&schema);
        let other = root(&mut Grower { random: &mut random });
        let values = generate::values(&schema, seed, 5);
        for value in values.into_iter().chain(generate::values(&other, seed, 2)) {
            let report = compare(&json!({ "const": value }), &schema);
            let expected = if validator.is_valid(&value) {
                valid += 1;
                "compatible"
            } else {
                "incompatible"
            };
            assert_eq!(report["backward"], expected, "seed {seed}\n{value}\n{schema}");
        }
    }
    assert!(valid > 100, "{valid}");
}
