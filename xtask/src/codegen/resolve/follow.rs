//! Where a reference leads, or what it was probably meant to be.

use std::sync::atomic::Ordering;

use super::super::diagnostics::nearest;
use super::super::load::{Node, Value, pointer_to};
use super::super::uri;
use super::{Resolved, SchemaId, VALUE_WORDS};

impl Resolved<'_> {
    /// The schema that `reference`, written in `from`, leads to; or what is wrong with it.
    ///
    /// # Errors
    ///
    /// Text for people: the reference leads nowhere, or to something that is no schema.
    pub fn follow(&self, from: SchemaId, reference: &str) -> Result<SchemaId, (String, Option<String>)> {
        let (resource, fragment) = uri::split_fragment(reference);
        let target = uri::resolve(&self.schema(from).base, resource);
        let Some((document, root)) = self.resources.get(&target) else {
            if self.outside.contains(&target) {
                let help = "move the file below that directory: what is generated depends on the files there and on nothing else";
                return Err((
                    format!("`{reference}` leads out of the directory of the schemas"),
                    Some(help.to_owned()),
                ));
            }
            // Somebody may have meant a definition by its name alone.
            let pointer = pointer_to("/$defs", resource);
            let is_definition = self
                .places
                .contains_key(&(self.schema(from).document, pointer.clone()));
            let help = if is_definition && fragment.is_none() {
                format!("did you mean `#{pointer}`?")
            } else {
                self.nearest_resource(from, resource)
            };
            return Err((
                format!("`{reference}` leads nowhere: no schema that was read is called `{resource}`"),
                Some(help),
            ));
        };
        let Some(fragment) = uri::percent_decode(fragment.unwrap_or("")) else {
            let help = "write `%25` for the character `%`".to_owned();
            return Err((format!("`{reference}` has a broken `%` escape"), Some(help)));
        };
        if fragment.is_empty() || fragment.starts_with('/') {
            let pointer = format!("{root}{fragment}");
            if let Some(found) = self.places.get(&(*document, pointer.clone())) {
                return Ok(*found);
            }
            let help = self.meant_place(&fragment, (*document, root.as_str()));
            let help = help.map(|near| format!("did you mean `{resource}#{near}`?"));
            let help = help.or_else(|| self.definitions((*document, root.as_str())));
            let help = help.or_else(|| {
                let is_old = fragment.starts_with("/definitions/");
                is_old.then(|| "draft-07 spelling; definitions stand in `$defs`".to_owned())
            });
            let exists = self
                .documents
                .get(*document)
                .is_some_and(|d| value_at(&d.root, &pointer).is_some());
            if !exists {
                return Err((
                    format!("`{reference}` leads nowhere: there is nothing there"),
                    help,
                ));
            }
            let help = match fragment.strip_prefix("/definitions/") {
                Some(name) => format!("call `definitions` `$defs`, and write `{resource}#/$defs/{name}`"),
                None => "put the schema into `$defs`".to_owned(),
            };
            let message = format!("`{reference}` leads nowhere: what is there is no schema");
            return Err((message, Some(help)));
        }
        if let Some(found) = self.anchors.get(&(target.clone(), fragment.clone())) {
            return Ok(*found);
        }
        let names = self
            .anchors
            .keys()
            .filter(|(of, _)| *of == target)
            .map(|(_, name)| name.as_str());
        let help = self.meant(&fragment, names).map(str::to_owned);
        let help = help.or_else(|| {
            let place = pointer_to("/$defs", &fragment);
            self.meant_place(&place, (*document, root.as_str()))
                .map(str::to_owned)
        });
        let help = help.map(|near| format!("did you mean `{resource}#{near}`?"));
        Err((
            format!("`{reference}` leads nowhere: there is no `$anchor` called `{fragment}`"),
            help,
        ))
    }

    /// Whether a reference into `$defs` finds its definition below `definitions`, which is reported where that is.
    pub(super) fn leads_to_old_definition(&self, from: SchemaId, reference: &str) -> bool {
        let (resource, fragment) = uri::split_fragment(reference);
        let target = uri::resolve(&self.schema(from).base, resource);
        let name = fragment.and_then(|fragment| fragment.strip_prefix("/$defs/"));
        let (Some(name), Some((document, root))) = (name, self.resources.get(&target)) else {
            return false;
        };
        let value = self.documents.get(*document).and_then(|document| {
            let definitions = value_at(&document.root, root)?.get("definitions")?;
            value_at(definitions, &format!("/{name}"))
        });
        *document < self.asked && value.is_some()
    }

    /// What a wrong word was probably meant to be, for as long as looking for it costs no more than it is worth.
    fn meant<'w>(&self, word: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
        self.may_suggest().then(|| nearest(word, known)).flatten()
    }

    fn may_suggest(&self) -> bool {
        // Ordering: none is needed, one thread at a time looks at a set.
        let left = self.suggestions.load(Ordering::Relaxed).checked_sub(1);
        self.suggestions.store(left.unwrap_or(0), Ordering::Relaxed);
        left.is_some()
    }

    /// The place that a wrong pointer into a resource was probably meant to be: one of the same name, or of nearly the same pointer.
    fn meant_place(&self, fragment: &str, (document, root): (usize, &str)) -> Option<&str> {
        if !self.may_suggest() {
            return None;
        }
        let places = self.places.keys().filter(|(of, _)| *of == document);
        let places: Vec<&str> = places
            .filter_map(|(_, pointer)| pointer.strip_prefix(root))
            .collect();
        let name = fragment.rsplit('/').next().filter(|name| !name.is_empty())?;
        let alike = places
            .iter()
            .filter(|place| place.rsplit('/').next() == Some(name));
        let alike = alike.min_by_key(|place| (place.len(), **place)).copied();
        alike.or_else(|| nearest(fragment, places))
    }

    /// Which definitions a resource has, if a person can choose among them.
    fn definitions(&self, (document, root): (usize, &str)) -> Option<String> {
        let names = value_at(&self.documents.get(document)?.root, root)?
            .get("$defs")?
            .as_object()?;
        let names: Vec<String> = names.iter().map(|member| format!("`{}`", member.name)).collect();
        (1..=8)
            .contains(&names.len())
            .then(|| format!("the definitions there are {}", names.join(", ")))
    }

    fn nearest_resource(&self, from: SchemaId, resource: &str) -> String {
        let names: Vec<&str> = self
            .documents
            .iter()
            .map(|document| document.name.as_str())
            .collect();
        let tail = resource.rsplit('/').next().unwrap_or(resource);
        let near = names
            .iter()
            .copied()
            .find(|name| name.rsplit('/').next() == Some(tail));
        match near.or_else(|| self.meant(resource, names.iter().copied())) {
            // Where an `$id` is around the reference, its path counts from that.
            Some(near) if self.schema(from).base.starts_with("file:") => {
                let near = relative(&self.document(from).name, near);
                format!("did you mean `{near}`? the path is relative to the file that refers to it")
            }
            Some(near) => {
                format!("did you mean the file `{near}`? the path is relative to the `$id` around it")
            }
            None if uri::is_absolute(resource) => {
                "references are never fetched: give the path of a file, relative to the one that refers to it"
                    .to_owned()
            }
            None if self.schema(from).base.starts_with("file:") => {
                "there is no such file; the path is relative to the file that refers to it".to_owned()
            }
            None => "there is no such file; the path is relative to the `$id` around it".to_owned(),
        }
    }
}

/// The path of one file from another, both from the same directory.
fn relative(from: &str, to: &str) -> String {
    let (mut from, mut to): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
    while from.len() > 1 && to.len() > 1 && from.first() == to.first() {
        from.remove(0);
        to.remove(0);
    }
    format!("{}{}", "../".repeat(from.len() - 1), to.join("/"))
}

/// What a value of `x-redis-value` was probably meant to be that looks like a word.
pub(super) fn words_of_values(text: &str) -> Option<String> {
    if text.contains(['#', '/', '.']) {
        return None;
    }
    Some(match nearest(text, VALUE_WORDS) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "write `features`, `lock` or `string`, or refer to a schema: `#/$defs/name`".to_owned(),
    })
}

/// The value at a JSON pointer.
pub(crate) fn value_at<'a>(root: &'a Node, pointer: &str) -> Option<&'a Node> {
    let mut node = root;
    for part in pointer.split('/').skip(1) {
        let name = part.replace("~1", "/").replace("~0", "~");
        node = match &node.value {
            Value::Object(_) => node.get(&name)?,
            Value::Array(items) => items.get(name.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(node)
}
