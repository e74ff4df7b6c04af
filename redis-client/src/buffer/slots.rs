//! A small value kept in two places of one file, so that a torn or damaged one leaves the other.
//!
//! Each write goes to the place that does not hold the newest value and carries the next generation. The two lie a
//! page apart: no single sector or page holds both.

use super::record::{Fields, chunk};

/// Bytes of the value.
pub(crate) const BODY_BYTES: usize = 96;
/// Bytes of a slot: magic, format, checksum, generation, value.
pub(crate) const SLOT_BYTES: usize = 8 + 4 + 4 + 8 + BODY_BYTES;
/// Where the second slot starts.
pub(crate) const SLOT_STRIDE: u64 = 4096;
/// The format of both slot files.
pub(crate) const FORMAT: u32 = 1;

pub(crate) type Body = [u8; BODY_BYTES];

/// Where the slot of a generation lies in the file.
pub(crate) fn offset_of(generation: u64) -> u64 {
    (generation % 2) * SLOT_STRIDE
}

pub(crate) fn encode(magic: [u8; 8], generation: u64, body: &Body) -> [u8; SLOT_BYTES] {
    let mut slot = [0; SLOT_BYTES];
    let mut fields = Fields {
        bytes: &mut slot,
        at: 0,
    };
    fields.put(&magic);
    fields.put(&FORMAT.to_le_bytes());
    fields.put(&[0; 4]);
    fields.put(&generation.to_le_bytes());
    fields.put(body);
    let crc = checksum(&slot);
    Fields {
        bytes: &mut slot,
        at: 12,
    }
    .put(&crc.to_le_bytes());
    slot
}

/// A whole file with the same value in both slots, of the two generations after this one.
pub(crate) fn file(magic: [u8; 8], generation: u64, body: &Body) -> Vec<u8> {
    let mut file = Vec::new();
    for generation in [generation + 1, generation + 2] {
        let at = usize::try_from(offset_of(generation)).unwrap_or_default();
        file.resize(file.len().max(at + SLOT_BYTES), 0);
        if let Some(slot) = file.get_mut(at..at + SLOT_BYTES) {
            slot.copy_from_slice(&encode(magic, generation, body));
        }
    }
    file
}

fn checksum(slot: &[u8]) -> u32 {
    let start = crc32c::crc32c(slot.get(..12).unwrap_or_default());
    crc32c::crc32c_append(start, slot.get(16..).unwrap_or_default())
}

enum Slot {
    Intact(u64, Body),
    Newer(u32),
    Damaged,
}

fn decode(magic: [u8; 8], bytes: &[u8]) -> Slot {
    let read = || -> Option<Slot> {
        let slot: [u8; SLOT_BYTES] = chunk(bytes, 0)?;
        if !slot.starts_with(&magic) || u32::from_le_bytes(chunk(&slot, 12)?) != checksum(&slot) {
            return None;
        }
        // The format is believed only when the checksum holds: a flipped bit is no newer version.
        match u32::from_le_bytes(chunk(&slot, 8)?) {
            FORMAT => Some(Slot::Intact(
                u64::from_le_bytes(chunk(&slot, 16)?),
                chunk(&slot, 24)?,
            )),
            newer => Some(Slot::Newer(newer)),
        }
    };
    read().unwrap_or(Slot::Damaged)
}

/// What a file of two slots says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slots {
    /// The newest value; `damaged` counts the slots that could not be read.
    Value {
        generation: u64,
        body: Body,
        damaged: u8,
    },
    /// Neither slot can be read.
    Lost,
    /// Written by a newer version.
    Newer(u32),
}

pub(crate) fn read(magic: [u8; 8], file: &[u8]) -> Slots {
    let second = usize::try_from(SLOT_STRIDE)
        .ok()
        .and_then(|stride| file.get(stride..));
    match (decode(magic, file), decode(magic, second.unwrap_or_default())) {
        (Slot::Newer(format), _) | (_, Slot::Newer(format)) => Slots::Newer(format),
        (Slot::Intact(a, body), Slot::Intact(b, other)) => {
            let (generation, body) = if a > b { (a, body) } else { (b, other) };
            Slots::Value {
                generation,
                body,
                damaged: 0,
            }
        }
        (Slot::Intact(generation, body), Slot::Damaged) | (Slot::Damaged, Slot::Intact(generation, body)) => {
            Slots::Value {
                generation,
                body,
                damaged: 1,
            }
        }
        (Slot::Damaged, Slot::Damaged) => Slots::Lost,
    }
}
