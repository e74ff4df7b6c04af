//! Models, keys and channels of the schemas.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

mod patterns;
mod schemas;

use ::std::collections::BTreeMap;
use ::redis_client::__private::Model;

/// \`\`\`
/// not a test
/// \`\`\`
#[derive(Debug, Clone, PartialEq, Model)]
#[model(
    name = "Recipe",
    schema = schemas::RECIPE,
    unknown = "ignore",
    builder = RecipeBuilder
)]
pub struct Recipe {
    /// `name`.
    pub name: String,
    /// `yield`.
    #[model(optional)]
    pub r#yield: Option<RecipeYield>,
    /// `steps`.
    pub steps: Vec<RecipeStepsItem>,
    /// `amounts`.
    #[model(optional)]
    pub amounts: Option<BTreeMap<String, RecipeAmountsValue>>,
    /// `variants`.
    #[model(optional)]
    pub variants: Option<BTreeMap<String, Recipe>>,
    /// `based_on`.
    #[model(optional)]
    pub based_on: Option<Box<Recipe>>,
    /// `tree`.
    #[model(optional)]
    pub tree: Option<Node>,
    /// `forest`.
    #[model(optional)]
    pub forest: Option<List>,
}

/// `Recipe yield`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "RecipeYield", schema = schemas::RECIPE_YIELD, unknown = "ignore")]
pub struct RecipeYield {
    /// `amount`.
    ///
    /// At least 1.
    #[model(minimum = "1")]
    pub amount: u64,
    /// `unit`.
    #[model(optional)]
    pub unit: Option<RecipeYieldUnit>,
}

/// `Recipe yield unit`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "RecipeYieldUnit", schema = schemas::RECIPE_YIELD_UNIT, key_part)]
pub enum RecipeYieldUnit {
    /// `portions`.
    #[model(value = "portions")]
    Portions,
    /// `pieces`.
    #[model(value = "pieces")]
    Pieces,
}

/// `Recipe steps item`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "RecipeStepsItem", schema = schemas::RECIPE_STEPS_ITEM, unknown = "deny")]
pub struct RecipeStepsItem {
    /// `text`.
    ///
    /// At least 1 code point.
    #[model(min_length = 1)]
    pub text: String,
    /// `minutes`.
    ///
    /// More than 0.
    #[model(optional, exclusive_minimum = "0")]
    pub minutes: Option<f64>,
    /// `uses`.
    #[model(optional)]
    pub uses: Option<Vec<Option<RecipeStepsItemUsesItem>>>,
}

/// `Recipe steps item uses item`.
///
/// Matches `^[a-z ]+$`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(
    name = "RecipeStepsItemUsesItem",
    schema = schemas::RECIPE_STEPS_ITEM_USES_ITEM,
    pattern = patterns::RECIPE_STEPS_ITEM_USES_ITEM
)]
pub struct RecipeStepsItemUsesItem(String);

/// `Recipe amounts value`.
///
/// At least 0.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Model)]
#[model(
    name = "RecipeAmountsValue",
    schema = schemas::RECIPE_AMOUNTS_VALUE,
    minimum = "0"
)]
pub struct RecipeAmountsValue(f64);

/// `node`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Node", schema = schemas::NODE, unknown = "ignore")]
pub struct Node {
    /// `value`.
    pub value: i64,
    /// `left`.
    #[model(nullable)]
    pub left: Option<Box<Node>>,
    /// `right`.
    #[model(optional)]
    pub right: Option<Box<Node>>,
}

/// `list`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "List", schema = schemas::LIST)]
pub struct List(Vec<List>);
