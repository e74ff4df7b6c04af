//! Models, keys and channels of the schemas.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

mod patterns;
mod schemas;

use ::std::collections::BTreeMap;
use ::redis_client::__private::{Date, Model, Value};

/// A drawing: what is on it, and how it is laid out.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(
    name = "Drawing",
    schema = schemas::DRAWING,
    unknown = "deny",
    builder = DrawingBuilder
)]
pub struct Drawing {
    /// `shapes`.
    pub shapes: Vec<Shape>,
    /// `cover`.
    #[model(nullable)]
    pub cover: Option<Shape>,
    /// `width`.
    pub width: Length,
    /// `layers`.
    #[model(optional)]
    pub layers: Option<BTreeMap<String, Layer>>,
    /// `formula`.
    #[model(optional)]
    pub formula: Option<Expression>,
    /// `outline`.
    #[model(optional, nullable)]
    pub outline: Option<Option<Outline>>,
    /// `note`.
    #[model(optional, nullable)]
    pub note: Option<Option<DrawingNote>>,
    /// How fine the grid is.
    #[model(optional)]
    pub grid: Option<DrawingGrid>,
    /// Where it comes from, by whichever facts are known.
    #[model(optional)]
    pub source: Option<DrawingSource>,
    /// `scale`.
    #[model(optional)]
    pub scale: Option<DrawingScale>,
    /// `made`.
    #[model(optional)]
    pub made: Option<DrawingMade>,
    /// A constant that is not there makes it another kind.
    #[model(optional)]
    pub loose: Option<DrawingLoose>,
    /// Texts that swallow each other.
    #[model(optional)]
    pub word: Option<DrawingWord>,
    /// `code`.
    #[model(optional)]
    pub code: Option<DrawingCode>,
    /// `label`.
    #[model(optional)]
    pub label: Option<DrawingLabel>,
}

/// `Drawing note`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "DrawingNote", schema = schemas::DRAWING_NOTE, union = "any")]
pub enum DrawingNote {
    /// `Integer`.
    Integer(DrawingNoteInteger),
    /// `Text`.
    Text(DrawingNoteText),
    /// `List`.
    List(Vec<String>),
}

/// `Drawing note Integer`.
///
/// At least 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(
    name = "DrawingNoteInteger",
    schema = schemas::DRAWING_NOTE_INTEGER,
    minimum = "3",
    key_part
)]
pub struct DrawingNoteInteger(u64);

/// `Drawing note Text`.
///
/// At least 2 code points.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "DrawingNoteText", schema = schemas::DRAWING_NOTE_TEXT, min_length = 2)]
pub struct DrawingNoteText(String);

/// How fine the grid is.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "DrawingGrid", schema = schemas::DRAWING_GRID, union = "any")]
pub enum DrawingGrid {
    /// `Fine`.
    Fine(Fine),
    /// `Coarse`.
    Coarse(Coarse),
}

/// `Fine`.
///
/// At most 1.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Model)]
#[model(name = "Fine", schema = schemas::FINE, maximum = "1")]
pub struct Fine(f64);

/// `Coarse`.
///
/// At least 10.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Model)]
#[model(name = "Coarse", schema = schemas::COARSE, minimum = "10")]
pub struct Coarse(f64);

/// Where it comes from, by whichever facts are known.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "DrawingSource", schema = schemas::DRAWING_SOURCE, union = "any")]
#[allow(
    clippy::large_enum_variant,
    reason = "values are as large as the schema has them"
)]
pub enum DrawingSource {
    /// `person`.
    Person(Person),
    /// `place`.
    Place(Place),
}

/// `Drawing scale`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "DrawingScale", schema = schemas::DRAWING_SCALE, union = "one")]
#[allow(
    clippy::large_enum_variant,
    reason = "values are as large as the schema has them"
)]
pub enum DrawingScale {
    /// `Object`.
    Object(DrawingScaleChoice1),
    /// `Object`.
    Object2(DrawingScaleChoice2),
}

/// `Drawing scale choice 1`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "DrawingScaleChoice1", schema = schemas::DRAWING_SCALE_CHOICE1)]
pub struct DrawingScaleChoice1 {
    /// `of`.
    pub of: i64,
    /// `to`.
    pub to: Value,
    /// Other members by name.
    #[model(additional)]
    pub additional: BTreeMap<String, Value>,
}

/// `Drawing scale choice 2`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "DrawingScaleChoice2", schema = schemas::DRAWING_SCALE_CHOICE2)]
pub struct DrawingScaleChoice2 {
    /// `of`.
    pub of: i64,
    /// `about`.
    pub about: Value,
    /// Other members by name.
    #[model(additional)]
    pub additional: BTreeMap<String, Value>,
}

/// `Drawing made`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "DrawingMade", schema = schemas::DRAWING_MADE, unknown = "ignore")]
#[model(constant{name = "by", value = "null"})]
#[model(constant{name = "version", value = "1.5"})]
#[model(constant{name = "draft", value = "true"})]
#[model(constant{name = "year", value = "2025"})]
pub struct DrawingMade {}

/// A constant that is not there makes it another kind.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "DrawingLoose", schema = schemas::DRAWING_LOOSE, union = "any")]
#[allow(
    clippy::large_enum_variant,
    reason = "values are as large as the schema has them"
)]
pub enum DrawingLoose {
    /// `Strict`.
    Strict(Strict),
    /// `Object`.
    Object(DrawingLooseObject),
}

/// `Strict`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Strict", schema = schemas::STRICT, unknown = "deny")]
#[model(constant(name = "kind", value = "\"a\""))]
pub struct Strict {}

/// `Drawing loose Object`.
///
/// At most 2 members.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(
    name = "DrawingLooseObject",
    schema = schemas::DRAWING_LOOSE_OBJECT,
    max_properties = 2
)]
pub struct DrawingLooseObject(BTreeMap<String, Value>);

/// Texts that swallow each other.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "DrawingWord", schema = schemas::DRAWING_WORD, union = "any")]
pub enum DrawingWord {
    /// `"none"`.
    #[model(value = "\"none\"")]
    None,
    /// `Text`.
    Text(String),
    /// `Text`.
    Text2(DrawingWordChoice4),
    /// `Date`.
    Date(Date),
    /// `Date`.
    Date2(Date),
    /// `Text`.
    Text3(DrawingWordText),
}

/// `Drawing word choice 4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "DrawingWordChoice4", schema = schemas::DRAWING_WORD_CHOICE4, key_part)]
pub enum DrawingWordChoice4 {
    /// `b`.
    #[model(value = "b")]
    B,
    /// `a`.
    #[model(value = "a")]
    A,
}

/// `Drawing word Text`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "DrawingWordText", schema = schemas::DRAWING_WORD_TEXT, union = "one")]
pub enum DrawingWordText {
    /// `Text`.
    Text(DrawingWordTextText),
    /// `Text`.
    Text2(DrawingWordTextText2),
}

/// `Drawing word Text Text`.
///
/// At least 9 code points.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(
    name = "DrawingWordTextText",
    schema = schemas::DRAWING_WORD_TEXT_TEXT,
    min_length = 9
)]
pub struct DrawingWordTextText(String);

/// `Drawing word Text Text`.
///
/// Matches `^[ab]*$`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(
    name = "DrawingWordTextText2",
    schema = schemas::DRAWING_WORD_TEXT_TEXT2,
    pattern = patterns::DRAWING_WORD_TEXT_CHOICE_2
)]
pub struct DrawingWordTextText2(String);

/// `Drawing code`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "DrawingCode", schema = schemas::DRAWING_CODE)]
pub enum DrawingCode {
    /// `none`.
    #[model(value = "none")]
    None,
    /// `Text`.
    Text(String),
    /// `Text`.
    Text2(DrawingCodeChoice4),
    /// `Text`.
    Text3(DrawingCodeText),
}

/// `Drawing code choice 4`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "DrawingCodeChoice4", schema = schemas::DRAWING_CODE_CHOICE4, key_part)]
pub enum DrawingCodeChoice4 {
    /// `b`.
    #[model(value = "b")]
    B,
    /// `a`.
    #[model(value = "a")]
    A,
}

/// `Drawing code Text`.
///
/// At most 1 code point.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "DrawingCodeText", schema = schemas::DRAWING_CODE_TEXT, max_length = 1)]
pub struct DrawingCodeText(String);

/// `Drawing label`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "DrawingLabel", schema = schemas::DRAWING_LABEL, union = "one")]
pub enum DrawingLabel {
    /// `Text`.
    Text(DrawingLabelText),
    /// `Text`.
    Text2(DrawingLabelText2),
}

/// `Drawing label Text`.
///
/// At least 2 code points.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "DrawingLabelText", schema = schemas::DRAWING_LABEL_TEXT, min_length = 2)]
pub struct DrawingLabelText(String);

/// `Drawing label Text`.
///
/// At most 4 code points.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(
    name = "DrawingLabelText2",
    schema = schemas::DRAWING_LABEL_TEXT2,
    max_length = 4
)]
pub struct DrawingLabelText2(String);

/// Something drawn, of one kind.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Shape", schema = schemas::SHAPE, union = "tag", tag = "kind")]
#[allow(
    clippy::large_enum_variant,
    reason = "values are as large as the schema has them"
)]
pub enum Shape {
    /// All points as far from the centre.
    #[model(value = "\"circle\"")]
    Circle(ShapeCircle),
    /// `square`.
    #[model(value = "\"square\"")]
    Square(ShapeSquare),
    /// `Group`.
    #[model(value = "\"group\"")]
    Group(Group),
}

/// All points as far from the centre.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "ShapeCircle", schema = schemas::SHAPE_CIRCLE, unknown = "deny")]
#[model(constant(name = "kind", value = "\"circle\"", before = "radius"))]
pub struct ShapeCircle {
    /// `radius`.
    ///
    /// More than 0.
    #[model(exclusive_minimum = "0")]
    pub radius: f64,
    /// `layer`.
    pub layer: String,
}

/// `shape square`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "ShapeSquare", schema = schemas::SHAPE_SQUARE, unknown = "deny")]
#[model(constant(name = "kind", value = "\"square\"", before = "side"))]
pub struct ShapeSquare {
    /// `side`.
    pub side: f64,
    /// `turned`.
    ///
    /// Default: `false`.
    #[model(optional)]
    pub turned: Option<bool>,
    /// `layer`.
    pub layer: String,
}

/// `Group`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Group", schema = schemas::GROUP, unknown = "deny")]
#[model(constant(name = "kind", value = "\"group\"", before = "members"))]
pub struct Group {
    /// `members`.
    pub members: Vec<Shape>,
    /// `layer`.
    pub layer: String,
}

/// `person`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Person", schema = schemas::PERSON)]
pub struct Person {
    /// `name`.
    pub name: String,
    /// `home`.
    #[model(optional)]
    pub home: Option<PersonHome>,
    /// Other members by name.
    #[model(additional)]
    pub additional: BTreeMap<String, Value>,
}

/// `person home`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "PersonHome", schema = schemas::PERSON_HOME)]
pub struct PersonHome {
    /// `town`.
    #[model(optional)]
    pub town: Option<String>,
    /// Other members by name.
    #[model(additional)]
    pub additional: BTreeMap<String, Value>,
}

/// `place`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Place", schema = schemas::PLACE)]
pub struct Place {
    /// `town`.
    #[model(optional)]
    pub town: Option<String>,
    /// `home`.
    #[model(optional)]
    pub home: Option<PlaceHome>,
    /// Other members by name.
    #[model(additional)]
    pub additional: BTreeMap<String, Value>,
}

/// `place home`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "PlaceHome", schema = schemas::PLACE_HOME)]
pub struct PlaceHome {
    /// `street`.
    #[model(optional)]
    pub street: Option<String>,
    /// Other members by name.
    #[model(additional)]
    pub additional: BTreeMap<String, Value>,
}

/// A length: chosen by itself, in points, or with its unit.
///
/// Examples: `"auto"`, `12.5`.
///
/// ```json
/// {
///   "value": 3,
///   "unit": "mm"
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Length", schema = schemas::LENGTH, union = "any")]
#[allow(
    clippy::large_enum_variant,
    reason = "values are as large as the schema has them"
)]
pub enum Length {
    /// As wide as it needs to be.
    #[model(value = "\"auto\"")]
    Auto,
    /// Below zero it is counted from the right.
    Integer(LengthInteger),
    /// `Object`.
    Object(LengthObject),
    /// `Number`.
    Number(LengthNumber),
}

/// `length Number`.
///
/// At least 0.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Model)]
#[model(name = "LengthNumber", schema = schemas::LENGTH_NUMBER, minimum = "0")]
pub struct LengthNumber(f64);

/// Below zero it is counted from the right.
///
/// At most -1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(
    name = "LengthInteger",
    schema = schemas::LENGTH_INTEGER,
    maximum = "-1",
    key_part
)]
pub struct LengthInteger(i64);

/// `length Object`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "LengthObject", schema = schemas::LENGTH_OBJECT, unknown = "ignore")]
pub struct LengthObject {
    /// `value`.
    pub value: f64,
    /// `unit`.
    pub unit: LengthObjectUnit,
}

/// `length Object unit`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "LengthObjectUnit", schema = schemas::LENGTH_OBJECT_UNIT, key_part)]
pub enum LengthObjectUnit {
    /// `mm`.
    #[model(value = "mm")]
    Mm,
    /// `in`.
    #[model(value = "in")]
    In,
}

/// `Layer`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Layer", schema = schemas::LAYER, union = "one")]
#[allow(
    clippy::large_enum_variant,
    reason = "values are as large as the schema has them"
)]
pub enum Layer {
    /// `tint`.
    Tint(Tint),
    /// `texture`.
    Texture(Texture),
}

/// `tint`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Tint", schema = schemas::TINT, unknown = "deny")]
pub struct Tint {
    /// `opacity`.
    #[model(optional)]
    pub opacity: Option<f64>,
    /// `colour`.
    #[model(optional)]
    pub colour: Option<String>,
}

/// `texture`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Texture", schema = schemas::TEXTURE, unknown = "deny")]
pub struct Texture {
    /// `opacity`.
    #[model(optional)]
    pub opacity: Option<f64>,
    /// `file`.
    #[model(optional)]
    pub file: Option<String>,
}

/// `outline`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Outline", schema = schemas::OUTLINE)]
pub struct Outline(OutlineObject);

/// `outline Object`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "OutlineObject", schema = schemas::OUTLINE_OBJECT, unknown = "ignore")]
pub struct OutlineObject {
    /// `name`.
    pub name: String,
    /// `inner`.
    #[model(nullable)]
    pub inner: Option<Box<Outline>>,
    /// `next`.
    #[model(optional, nullable)]
    pub next: Option<Option<Box<Outline>>>,
}

/// `expression`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Expression", schema = schemas::EXPRESSION, union = "tag", tag = "op")]
#[allow(
    clippy::large_enum_variant,
    reason = "values are as large as the schema has them"
)]
pub enum Expression {
    /// `List`.
    List(Vec<Expression>),
    /// `minus`.
    #[model(value = "\"minus\"")]
    Minus(ExpressionMinus),
    /// `plus`.
    #[model(value = "\"plus\"")]
    Plus(ExpressionPlus),
    /// `Number`.
    Number(f64),
}

/// `expression minus`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(
    name = "ExpressionMinus",
    schema = schemas::EXPRESSION_MINUS,
    unknown = "ignore"
)]
#[model(constant(name = "op", value = "\"minus\"", before = "of"))]
pub struct ExpressionMinus {
    /// `of`.
    pub of: Box<Expression>,
}

/// `expression plus`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "ExpressionPlus", schema = schemas::EXPRESSION_PLUS, unknown = "ignore")]
#[model(constant(name = "op", value = "\"plus\"", before = "left"))]
pub struct ExpressionPlus {
    /// `left`.
    pub left: Box<Expression>,
    /// `right`.
    pub right: Box<Expression>,
}
