//! What types and the branches of choices are called, in words: the title, or what a schema is called where it stands.

use super::super::ir::Type;
use super::super::load::Node;
use super::super::resolve::{Place, SchemaId};
use super::kinds::{kind_word, type_bit};
use super::{Lowering, Scope};

impl Lowering<'_, '_> {
    /// A name in words: the title, or what the schema is called where it stands.
    pub(super) fn name_of(&self, id: SchemaId) -> String {
        let schema = self.set.schema(id);
        if let Some(title) = schema.node.get("title").and_then(Node::as_str)
            && title.chars().any(char::is_alphanumeric)
        {
            return title.to_owned();
        }
        let around = || {
            schema
                .parent
                .map_or_else(String::new, |parent| self.name_of(parent))
        };
        match &schema.place {
            Place::Root if self.scope == Scope::File => "Root".to_owned(),
            Place::Root => {
                let name = &self.set.document(id).name;
                name.rsplit('/')
                    .next()
                    .unwrap_or(name)
                    .trim_end_matches(".schema.json")
                    .to_owned()
            }
            Place::Definition(name) => name.clone(),
            Place::Property(name) => format!("{} {name}", around()),
            Place::Items => format!("{} item", around()),
            Place::Element(index) => format!("{} item {}", around(), index + 1),
            Place::Values => format!("{} value", around()),
            Place::Matching(pattern) => format!("{} {pattern} value", around()),
            Place::Names => format!("{} name", around()),
            Place::Alternative(index) => format!("{} {}", around(), self.alternative_word(id, *index)),
            Place::Conjunct => around(),
        }
    }

    /// What a branch without a title is called: what it refers to, its tag, or its kind.
    pub(super) fn branch_name(&self, id: SchemaId, ty: &Type) -> String {
        let schema = self.set.schema(id);
        if let Some(target) = schema.target {
            return self.name_of(target);
        }
        if let Some(tag) = self.tag_word(id) {
            return tag;
        }
        let word = match ty {
            Type::Timestamp => "Timestamp",
            Type::Date => "Date",
            Type::Uuid => "Uuid",
            Type::Decimal => "Decimal",
            Type::Any => "Any",
            _ => kind_word(self.kind_of(ty)),
        };
        match (&schema.place, word) {
            (Place::Alternative(index), "") => format!("Choice {}", index + 1),
            (_, "") => self.name_of(id),
            (_, word) => word.to_owned(),
        }
    }

    /// The name of the type that holds the rules of a branch.
    pub(super) fn inner_name(&self, id: SchemaId, word: &str) -> String {
        let schema = self.set.schema(id);
        match (schema.parent, &schema.place) {
            (Some(parent), Place::Alternative(_))
                if !word.is_empty() && schema.node.get("title").is_none() =>
            {
                format!("{} {word}", self.name_of(parent))
            }
            _ => self.name_of(id),
        }
    }

    /// What an alternative is called within the whole: its tag, its type, or its number.
    pub(super) fn alternative_word(&self, id: SchemaId, index: usize) -> String {
        let ty = self.set.schema(id).node.get("type").and_then(Node::as_str);
        let word = || ty.map(type_bit).map(kind_word).filter(|word| !word.is_empty());
        self.tag_word(id)
            .or_else(|| word().map(str::to_owned))
            .unwrap_or_else(|| format!("choice {}", index + 1))
    }

    /// The constant text of a member by which a branch can be told from those beside it.
    pub(super) fn tag_word(&self, id: SchemaId) -> Option<String> {
        let constant = |id: SchemaId, name: &str| {
            let member = self.set.schema(id).node.get("properties")?.get(name)?;
            member.get("const").and_then(Node::as_str)
        };
        let parent = self.set.schema(id).parent?;
        let beside: Vec<SchemaId> = self
            .set
            .children(parent)
            .iter()
            .copied()
            .filter(|other| matches!(self.set.schema(*other).place, Place::Alternative(_)))
            .collect();
        let members = self.set.schema(id).node.get("properties")?.as_object()?;
        members.iter().find_map(|member| {
            let own = constant(id, &member.name)?;
            let alone = beside
                .iter()
                .all(|other| *other == id || constant(*other, &member.name) != Some(own));
            alone.then(|| own.to_owned())
        })
    }
}
