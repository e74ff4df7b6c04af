//! Texts as read and written, the calendar, and instants.

use proptest::prelude::*;

use super::*;
use crate::key::KeyPart;

#[test]
fn timestamps_as_read_and_written() {
    let check = |text: &str, written: &str| {
        let timestamp: Timestamp = text.parse().unwrap_or_else(|_| panic!("{text}"));
        assert_eq!(timestamp.to_string(), written, "{text}");
        assert_eq!(
            serde_json::to_string(&timestamp).unwrap(),
            format!("\"{written}\"")
        );
        assert_eq!(
            serde_json::from_str::<Timestamp>(&format!("\"{text}\"")).unwrap(),
            timestamp
        );
    };
    check("2025-01-17T09:30:00Z", "2025-01-17T09:30:00Z");
    check("2025-01-17t09:30:00z", "2025-01-17T09:30:00Z");
    check("2025-01-17T09:30:00+00:00", "2025-01-17T09:30:00Z");
    check("2025-01-17T09:30:00-00:00", "2025-01-17T09:30:00Z");
    check("2025-01-17T09:30:00.0Z", "2025-01-17T09:30:00Z");
    check("2025-01-17T09:30:00.1Z", "2025-01-17T09:30:00.100000Z");
    check("2025-01-17T09:30:00.123Z", "2025-01-17T09:30:00.123000Z");
    check("2025-01-17T09:30:00.000001Z", "2025-01-17T09:30:00.000001Z");
    check("2025-01-17T09:30:00.000000001Z", "2025-01-17T09:30:00.000000001Z");
    check(
        "2025-01-17T09:30:00.123456789012345Z",
        "2025-01-17T09:30:00.123456789Z",
    );
    check("2025-01-17T09:30:00-05:00", "2025-01-17T09:30:00-05:00");
    check("2025-01-17T09:30:00.5+05:30", "2025-01-17T09:30:00.500000+05:30");
    check("1998-12-31T23:59:60Z", "1998-12-31T23:59:60Z");
    check(
        "1998-12-31T15:59:60.123-08:00",
        "1998-12-31T15:59:60.123000-08:00",
    );
    check("0000-01-01T00:00:00+23:59", "0000-01-01T00:00:00+23:59");
    check(
        "9999-12-31T23:59:59.999999999-23:59",
        "9999-12-31T23:59:59.999999999-23:59",
    );
}

#[test]
fn texts_that_are_no_timestamps() {
    let check = |text: &str| assert!(text.parse::<Timestamp>().is_err(), "{text:?}");
    for text in [
        "",
        "yesterday",
        "2025-13-01T00:00:00Z",
        "2025-02-30T00:00:00Z",
        "2025-01-17",
        "2025-01-17T09:30:00",
        "2025-01-17 09:30:00Z",
        "2025-01-17T24:00:00Z",
        "2025-01-17T09:60:00Z",
        "2025-01-17T09:30:61Z",
        "1998-12-31T23:58:60Z",
        "1998-12-31T22:59:60Z",
        "2016-12-31T24:59:60+01:00",
        "2025-01-17T09:30:00+24:00",
        "2025-01-17T09:30:00+10:60",
        "2025-01-17T09:30:00+0100",
        "2025-01-17T09:30:00+01:00Z",
        "2025-01-17T09:30:00.Z",
        "2025-01-17T09:30:00,5Z",
        "2025-01-17T9:30:00Z",
        "2025-01-17T09:30Z",
        "2025-01-1৪T00:00:00Z",
        "+2025-01-17T09:30:00Z",
        "2025-01-17T09:30:00Z\n",
        " 2025-01-17T09:30:00Z",
        "1737106200",
    ] {
        check(text);
    }
}

#[test]
fn dates_are_those_of_the_calendar() {
    for year in [0, 1, 4, 100, 400, 1900, 1970, 2000, 2024, 2025, 9999] {
        for month in 0..=13i8 {
            for day in 0..=32i8 {
                let ours = Date::new(year, month.unsigned_abs(), day.unsigned_abs());
                let jiffs = jiff::civil::Date::new(year.cast_signed(), month, day);
                assert_eq!(ours.is_ok(), jiffs.is_ok(), "{year} {month} {day}");
                if let (Ok(ours), Ok(jiffs)) = (ours, jiffs) {
                    assert_eq!(jiff::civil::Date::from(ours), jiffs);
                    assert_eq!(Date::try_from(jiffs).unwrap(), ours);
                    let days = jiff::civil::date(1970, 1, 1).until(jiffs).unwrap().get_days();
                    assert_eq!(ours.epoch_days(), i64::from(days), "{ours}");
                }
            }
        }
    }
}

#[test]
fn instants_compare() {
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    assert_eq!(at("2025-01-17T09:30:00Z"), at("2025-01-17T10:30:00+01:00"));
    assert!(at("2025-01-17T09:30:00.000000001Z") > at("2025-01-17T09:30:00Z"));
    let leap = [
        at("2016-12-31T23:59:59.9Z"),
        at("2016-12-31T23:59:60Z"),
        at("2017-01-01T00:00:00Z"),
    ];
    assert!(leap.is_sorted_by(|left, right| left < right));
    let leap = SystemTime::from(at("2016-12-31T23:59:60.5Z"));
    assert_eq!(Timestamp::try_from(leap).unwrap(), at("2016-12-31T23:59:59.5Z"));
    let early = at("1969-12-31T23:59:59.25Z");
    assert_eq!(Timestamp::try_from(SystemTime::from(early)).unwrap(), early);
}

#[test]
fn the_years_that_jiff_lacks() {
    let last: Timestamp = "9999-12-31T23:59:59-23:59".parse().unwrap();
    assert!(jiff::Timestamp::try_from(last).is_err());
    let offset = jiff::tz::Offset::from_seconds(3601).unwrap().to_time_zone();
    assert!(Timestamp::try_from(jiff::Timestamp::UNIX_EPOCH.to_zoned(offset)).is_err());
}

proptest! {
    #[test]
    fn any_instant_round_trips(seconds in -62_167_219_200i64..253_402_207_200, nanos in 0i32..1_000_000_000, offset in -1439i32..1440) {
        let instant = jiff::Timestamp::new(seconds, nanos).unwrap();
        let zone = jiff::tz::Offset::from_seconds(offset * 60).unwrap().to_time_zone();
        let Ok(timestamp) = Timestamp::try_from(instant.to_zoned(zone)) else {
            // West of UTC on the first day of year 0.
            prop_assert!(seconds < -62_167_219_200 + 86_400);
            return Ok(());
        };
        prop_assert_eq!(timestamp.unix_seconds(), seconds);
        prop_assert_eq!(jiff::Timestamp::try_from(timestamp).unwrap(), instant);
        let again: Timestamp = timestamp.to_string().parse().unwrap();
        prop_assert_eq!(again, timestamp);
        prop_assert_eq!(again.to_string(), timestamp.to_string());
        prop_assert_eq!(again.offset_minutes(), timestamp.offset_minutes());
    }

    #[test]
    fn no_text_panics(text in "\\PC*", near in "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]?[0-9:.]{0,20}[Zz+-]?[0-9:]{0,6}") {
        for text in [text, near] {
            if let Ok(timestamp) = text.parse::<Timestamp>() {
                prop_assert_eq!(timestamp.to_string().parse::<Timestamp>().unwrap(), timestamp);
            }
            if let Ok(date) = text.parse::<Date>() {
                prop_assert_eq!(date.to_string(), text);
            }
        }
    }

    #[test]
    fn any_date_round_trips(days in 0i32..3_652_059) {
        let date = jiff::civil::date(0, 1, 1).checked_add(jiff::Span::new().days(days)).unwrap();
        let date = Date::try_from(date).unwrap();
        prop_assert_eq!(date.to_string().parse::<Date>().unwrap(), date);
        let mut part = String::new();
        date.write_part(&mut part);
        prop_assert_eq!(Date::parse_part(&part).unwrap(), date);
    }
}
