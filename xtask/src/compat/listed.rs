//! Which of the values that a schema lists are valid under all that is said beside the list: worked out when code is
//! generated, so that the generated type knows the values that are left and nothing else.

use super::evaluate::{Evaluator, Texts, Truth};
use super::json::Json;
use super::schema::{Arena, Builder, Id};
use crate::codegen::diagnostics::Diagnostics;
use crate::codegen::load::Node;
use crate::codegen::resolve::{Resolved, SchemaId};

/// The values that are valid under each of these schemas, with all that they refer to or join by `allOf` among them; `None`
/// where that is not known of one of them. Of the choices in `chosen`, an alternative has been chosen, which is among the schemas:
/// whether a value is of another of a `oneOf` as well is for those to say who count them all.
pub(crate) fn valid<'n>(
    set: &Resolved<'_>,
    schemas: &[SchemaId],
    chosen: &[(SchemaId, &'static str)],
    values: &[&'n Node],
) -> Option<Vec<&'n Node>> {
    let mut arena = Arena::default();
    let mut diagnostics = Diagnostics::default();
    let mut builder = Builder::new(set, &mut arena, &mut diagnostics, None);
    let built: Vec<Id> = schemas.iter().map(|id| builder.schema(*id)).collect();
    let counted = chosen.iter().any(|(_, keyword)| *keyword == "oneOf");
    let chosen: Vec<(Id, &str)> = chosen
        .iter()
        .map(|(id, keyword)| (builder.schema(*id), *keyword))
        .collect();
    let _ = builder.check_loops();
    if !diagnostics.is_empty() {
        return None;
    }
    let mut texts = Texts::default();
    let mut evaluator = Evaluator {
        arena: &arena,
        texts: &mut texts,
    };
    let mut valid = Vec::new();
    for value in values {
        let json = Json::of(value)?;
        let verdict = built.iter().fold(Truth::Yes, |all, id| {
            all.and(if counted {
                evaluator.holds_alone(*id, &chosen, &json)
            } else {
                evaluator.holds(*id, &json)
            })
        });
        match verdict {
            Truth::Yes => valid.push(*value),
            Truth::No => {}
            Truth::Unknown => return None,
        }
    }
    Some(valid)
}
