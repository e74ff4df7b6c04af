//! Redis keys, and the values they hold.
//!
//! Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.

use ::redis_client::__private::{Date, Features, KeyError, Model, RedisKey, Uuid};

use super::{patterns, schemas};

/// Every Redis key of the schemas.
#[derive(Debug, Clone, Copy)]
pub struct RedisKeys;

impl RedisKeys {
    /// `scan:{box-id}:{page}:{taken}:{kind}`: see [`Scan`].
    ///
    /// # Errors
    ///
    /// When one of `box_id`, `page`, `taken`, `kind` is no valid value of its type.
    pub fn scan(
        box_id: impl TryInto<Uuid, Error: Into<KeyError>>,
        page: impl TryInto<ScanPage, Error: Into<KeyError>>,
        taken: impl TryInto<Date, Error: Into<KeyError>>,
        kind: impl TryInto<ScanKind, Error: Into<KeyError>>,
    ) -> Result<Scan, KeyError> {
        Ok(Scan {
            box_id: box_id.try_into().map_err(Into::into)?,
            page: page.try_into().map_err(Into::into)?,
            taken: taken.try_into().map_err(Into::into)?,
            kind: kind.try_into().map_err(Into::into)?,
        })
    }

    /// `shelf:{who}/{depth}`: see [`ShelfKey`].
    ///
    /// # Errors
    ///
    /// When one of `who`, `depth` is no valid value of its type.
    pub fn shelf(
        who: impl TryInto<ReaderOrAll, Error: Into<KeyError>>,
        depth: impl TryInto<i64, Error: Into<KeyError>>,
    ) -> Result<ShelfKey, KeyError> {
        Ok(ShelfKey {
            who: who.try_into().map_err(Into::into)?,
            depth: depth.try_into().map_err(Into::into)?,
        })
    }

    /// `everything`: see [`TypeKey`].
    #[must_use]
    pub fn r#type() -> TypeKey {
        TypeKey
    }

    /// `move_{self}`: see [`MoveKey`].
    ///
    /// # Errors
    ///
    /// When `self_` is no valid value of its type.
    pub fn r#move(
        self_: impl TryInto<MoveSelf, Error: Into<KeyError>>,
    ) -> Result<MoveKey, KeyError> {
        Ok(MoveKey {
            self_: self_.try_into().map_err(Into::into)?,
        })
    }
}

/// A page as it was scanned.
///
/// `scan:{box-id}:{page}:{taken}:{kind}`, lives 60 s.
#[derive(Debug, Clone, PartialEq, Eq, Hash, RedisKey)]
#[redis(key = "scan:{box_id}:{page}:{taken}:{kind}", ttl = 60, value = Page)]
pub struct Scan {
    /// `box-id`.
    pub box_id: Uuid,
    /// `page`.
    pub page: ScanPage,
    /// `taken`.
    pub taken: Date,
    /// `kind`.
    pub kind: ScanKind,
}

/// `shelf`.
///
/// `shelf:{who}/{depth}`, never expires by itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, RedisKey)]
#[redis(key = "shelf:{who}/{depth}", value = String)]
pub struct ShelfKey {
    /// `who`.
    pub who: ReaderOrAll,
    /// `depth`.
    pub depth: i64,
}

/// `type`.
///
/// `everything`, never expires by itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, RedisKey)]
#[redis(key = "everything", value = Features)]
pub struct TypeKey;

/// `move`.
///
/// `move_{self}`, never expires by itself. A lock: that it exists is all it says.
#[derive(Debug, Clone, PartialEq, Eq, Hash, RedisKey)]
#[redis(key = "move_{self_}")]
pub struct MoveKey {
    /// `self`.
    pub self_: MoveSelf,
}

/// `Scan page`.
///
/// At least 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "ScanPage", schema = schemas::SCAN_PAGE, minimum = "1", key_part)]
pub struct ScanPage(u64);

/// `Scan kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "ScanKind", schema = schemas::SCAN_KIND, key_part)]
pub enum ScanKind {
    /// `front`.
    #[model(value = "front")]
    Front,
    /// `back`.
    #[model(value = "back")]
    Back,
}

/// `move self`.
///
/// Matches `^[a-c]{1,3}$`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(
    name = "MoveSelf",
    schema = schemas::MOVE_SELF,
    pattern = patterns::MOVE_SELF,
    key_part
)]
pub struct MoveSelf(String);

/// `page`.
#[derive(Debug, Clone, PartialEq, Model)]
#[model(name = "Page", schema = schemas::PAGE, unknown = "deny")]
pub struct Page {
    /// `text`.
    pub text: String,
}

/// `reader`.
///
/// Matches `^[^:/*?\[\]\\\s\p{Cc}]+$`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "Reader", schema = schemas::READER, pattern = patterns::READER, key_part)]
pub struct Reader(String);

/// `reader_or_all`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Model)]
#[model(name = "ReaderOrAll", schema = schemas::READER_OR_ALL, key_part)]
pub enum ReaderOrAll {
    /// Everyone.
    #[model(value = "*")]
    All,
    /// `reader`.
    Reader(Reader),
}
