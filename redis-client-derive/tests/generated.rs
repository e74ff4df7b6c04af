//! The Rust that codegen prints for schemas that look nothing like ours compiles without default features, and does
//! what the schemas say. The modules are the snapshots in `xtask/testdata/codegen`: what codegen prints today.

#![expect(
    clippy::option_option,
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "a snapshot is whole, and each test uses a part of it"
)]
#![expect(
    clippy::unwrap_used,
    reason = "clippy knows the tests, but not the helpers beside them"
)]

use redis_client::{Event, EventSet, Key, Validate, codec};
use serde::Serialize;
use serde::de::DeserializeOwned;

#[rustfmt::skip]
#[path = "../../xtask/testdata/codegen/archive_keys/expected/mod.rs"]
mod archive_keys;
#[rustfmt::skip]
#[path = "../../xtask/testdata/codegen/awkward_names/expected/mod.rs"]
mod awkward_names;
#[rustfmt::skip]
#[path = "../../xtask/testdata/codegen/constants/expected/mod.rs"]
mod constants;
#[rustfmt::skip]
#[path = "../../xtask/testdata/codegen/cross_file/expected/mod.rs"]
mod cross_file;
#[rustfmt::skip]
#[path = "../../xtask/testdata/codegen/drawing_board/expected/mod.rs"]
mod drawing_board;
#[rustfmt::skip]
#[path = "../../xtask/testdata/codegen/library_loans/expected/mod.rs"]
mod library_loans;
#[rustfmt::skip]
#[path = "../../xtask/testdata/codegen/lookup_tables/expected/mod.rs"]
mod lookup_tables;
#[rustfmt::skip]
#[path = "../../xtask/testdata/codegen/nested_objects/expected/mod.rs"]
mod nested_objects;
#[rustfmt::skip]
#[path = "../../xtask/testdata/codegen/network_devices/expected/mod.rs"]
mod network_devices;
#[rustfmt::skip]
#[path = "../../xtask/testdata/codegen/open_objects/expected/mod.rs"]
mod open_objects;
#[rustfmt::skip]
#[path = "../../xtask/testdata/codegen/single_root_integer/expected/mod.rs"]
mod single_root_integer;
#[rustfmt::skip]
#[path = "../../xtask/testdata/codegen/single_root_list/expected/mod.rs"]
mod single_root_list;
#[rustfmt::skip]
#[path = "../../xtask/testdata/codegen/single_root_nullable/expected/mod.rs"]
mod single_root_nullable;
#[rustfmt::skip]
#[path = "../../xtask/testdata/codegen/single_root_object/expected/mod.rs"]
mod single_root_object;
#[rustfmt::skip]
#[path = "../../xtask/testdata/codegen/single_root_union/expected/mod.rs"]
mod single_root_union;
#[rustfmt::skip]
#[path = "../../xtask/testdata/codegen/survey_points/expected/mod.rs"]
mod survey_points;
#[rustfmt::skip]
#[path = "../../xtask/testdata/codegen/telescope/expected/mod.rs"]
mod telescope;
#[rustfmt::skip]
#[path = "../../xtask/testdata/codegen/weather_station/expected/mod.rs"]
mod weather_station;

/// Accepted, with the text that encoding it again gives.
fn accepts<T: Serialize + DeserializeOwned>(text: &str, again: &str) {
    let value = codec::decode::<T>(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(codec::encode(&value).unwrap(), again.as_bytes(), "{text}");
    assert!(serde_json::from_str::<T>(text).is_ok(), "{text}");
}

/// Refused, by our codec at `pointer` and by bare `serde_json`.
fn refuses<T: DeserializeOwned>(text: &str, pointer: &str) {
    let Err(error) = codec::decode::<T>(text.as_bytes()) else {
        panic!("{text} was accepted")
    };
    assert_eq!(error.pointer(), pointer, "{text}: {error}");
    assert!(serde_json::from_str::<T>(text).is_err(), "{text}");
}

#[test]
fn every_snapshot_is_compiled_here() {
    let source = include_str!("generated.rs");
    let cases = concat!(env!("CARGO_MANIFEST_DIR"), "/../xtask/testdata/codegen");
    for case in std::fs::read_dir(cases).unwrap() {
        let name = case.unwrap().file_name().into_string().unwrap();
        assert!(
            source.contains(&format!("\nmod {name};\n")),
            "the snapshot {name} is not compiled"
        );
    }
}

#[test]
fn weather_station() {
    use weather_station::Reading;
    let whole = r#"{"event_type":"weather.reading","version":2,"station":"EDDF","taken_at":"2025-01-17T09:30:00Z","celsius":-3.5,"humidity":null,"gusts":[1.5],"sky":"<10% cloud","remark":"ß😀","tags":["a"]}"#;
    accepts::<Reading>(whole, whole);
    let value: Reading = codec::decode(whole.as_bytes()).unwrap();
    assert_eq!(value.channel(), "weather.EDDF.reading");
    assert_eq!(Reading::EVENT_TYPE, "weather.reading");
    for (from, to, pointer) in [
        ("\"version\":2", "\"version\":3", "/version"),
        ("EDDF", "eddf", "/station"),
        ("-3.5", "-90.6", "/celsius"),
        ("-3.5", "70", "/celsius"),
        ("-3.5", "0.25", "/celsius"),
        ("-3.5", "\"0\"", "/celsius"),
        ("\"humidity\":null", "\"humidity\":101", "/humidity"),
        ("\"humidity\":null", "\"humidity\":-1", "/humidity"),
        ("\"humidity\":null,", "", ""),
        ("[1.5]", "[1,2,3,4]", "/gusts"),
        ("[1.5]", "[1,-2]", "/gusts/1"),
        ("<10% cloud", "cloudy", "/sky"),
        ("ß😀", "", "/remark"),
        ("ß😀", "123456789", "/remark"),
        ("\"ß😀\"", "null", "/remark"),
        ("[\"a\"]", "[\"a\",\"a\"]", "/tags"),
        ("[\"a\"]", "[]", "/tags"),
    ] {
        assert!(whole.contains(from), "{from}");
        refuses::<Reading>(&whole.replacen(from, to, 1), pointer);
    }
}

#[test]
fn drawing_board() {
    use drawing_board::{
        Drawing, DrawingCode, DrawingGrid, DrawingLabel, DrawingLoose, DrawingMade, DrawingScale,
        DrawingSource, DrawingWord, Expression, Layer, Length, Outline, Shape, ShapeCircle, Tint,
    };
    use redis_client::Validate as _;

    // A definition that allows null and refers to itself: a list that ends.
    let outline = r#"{"name":"a","inner":{"name":"b","inner":null,"next":null}}"#;
    accepts::<Outline>(outline, outline);
    refuses::<Outline>(r#"{"name":"a"}"#, "");
    refuses::<Outline>(r#"{"name":"a","inner":{"name":1,"inner":null}}"#, "/inner/name");

    let circle = r#"{"kind":"circle","radius":2.0,"layer":"a"}"#;
    accepts::<Shape>(circle, circle);
    // The tag is known, so the error is that of its branch.
    refuses::<Shape>(r#"{"kind":"circle","radius":0,"layer":"a"}"#, "/radius");
    refuses::<Shape>(r#"{"kind":"circle","radius":1}"#, "");
    refuses::<Shape>(r#"{"kind":"hexagon","radius":1,"layer":"a"}"#, "");
    refuses::<Shape>(r#"{"radius":1,"layer":"a"}"#, "");
    let group = r#"{"kind":"group","members":[{"kind":"square","side":1.0,"layer":"b"}],"layer":"a"}"#;
    accepts::<Shape>(group, group);
    refuses::<Shape>(&group.replace("1.0", "null"), "/members/0/side");
    let made = Shape::Circle(ShapeCircle {
        radius: -1.0,
        layer: "a".to_owned(),
    });
    assert_eq!(made.validate().unwrap_err().pointer(), "/radius");

    accepts::<Length>("\"auto\"", "\"auto\"");
    refuses::<Length>("\"wide\"", "");
    accepts::<Length>("-3", "-3");
    accepts::<Length>("3", "3.0");
    refuses::<Length>("-3.5", "");
    accepts::<Length>(r#"{"unit":"mm","value":1}"#, r#"{"value":1.0,"unit":"mm"}"#);
    assert_eq!(codec::decode::<Length>(b"\"auto\"").unwrap(), Length::Auto);

    // Limits that exclude each other need no second look; lengths that do not are counted.
    accepts::<DrawingGrid>("1", "1.0");
    refuses::<DrawingGrid>("5", "");
    accepts::<DrawingLabel>("\"a\"", "\"a\"");
    accepts::<DrawingLabel>("\"abcde\"", "\"abcde\"");
    refuses::<DrawingLabel>("\"abc\"", "");
    accepts::<Layer>(r#"{"colour":"red"}"#, r#"{"colour":"red"}"#);
    refuses::<Layer>(r#"{"opacity":1}"#, "");
    let made = r#"{"by":null,"version":1.5,"draft":true,"year":2025}"#;
    accepts::<DrawingMade>(made, made);
    refuses::<DrawingMade>(&made.replace("null", "0"), "/by");
    accepts::<DrawingLoose>("{}", "{}");
    accepts::<DrawingLoose>(r#"{"kind":"b"}"#, r#"{"kind":"b"}"#);

    // A text of several kinds is of the first, also where it is made from a `String`.
    accepts::<DrawingCode>("\"b\"", "\"b\"");
    assert_eq!(
        DrawingCode::try_from("none".to_owned()).unwrap(),
        DrawingCode::None
    );
    assert_eq!(
        DrawingCode::try_from("b".to_owned()).unwrap(),
        DrawingCode::Text("b".to_owned())
    );
    accepts::<DrawingWord>("\"2025-01-01\"", "\"2025-01-01\"");

    // A value of both is read as the first, and keeps what the second declares.
    let both = r#"{"name":"Ada","home":{"town":"A","street":"B"},"town":"C"}"#;
    accepts::<DrawingSource>(both, both);
    let place = r#"{"home":{"street":"B","town":1},"town":"C"}"#;
    accepts::<DrawingSource>(place, r#"{"town":"C","home":{"street":"B","town":1}}"#);
    refuses::<DrawingSource>(r#"{"name":1,"town":2}"#, "");
    let scale = r#"{"of":1,"to":[1,{"a":null}],"other":2.5}"#;
    accepts::<DrawingScale>(scale, scale);
    refuses::<DrawingScale>(r#"{"of":1,"to":1,"about":2}"#, "");
    refuses::<DrawingScale>(r#"{"of":1}"#, "");

    // A value made in Rust that JSON could not tell from the other kind is no value either.
    let tint = |colour: Option<&str>| {
        Layer::Tint(Tint {
            opacity: Some(0.5),
            colour: colour.map(str::to_owned),
        })
    };
    assert!(tint(Some("red")).validate().is_ok());
    assert!(tint(None).validate().is_err());

    let sum = r#"{"op":"plus","left":1.0,"right":[{"op":"minus","of":2.5},[]]}"#;
    accepts::<Expression>(sum, sum);
    refuses::<Expression>(&sum.replace("2.5", "true"), "/right");
    // Each level is read once: this would not end otherwise.
    let deep = (0..40).fold("1.0".to_owned(), |inner, _| {
        format!(r#"{{"op":"plus","left":{inner},"right":0.5}}"#)
    });
    accepts::<Expression>(&deep, &deep);

    let whole = r#"{"shapes":[],"cover":null,"width":"auto","layers":{"a":{"file":"x"}},"note":[]}"#;
    accepts::<Drawing>(whole, whole);
    refuses::<Drawing>(&whole.replace("[]}", "2}"), "/note");
    refuses::<Drawing>(&whole.replace("[]}", "\"a\"}"), "/note");
    accepts::<Drawing>(&whole.replace("[]}", "null}"), &whole.replace("[]}", "null}"));
}

#[test]
fn survey_points() {
    use redis_client::Validate as _;
    use survey_points::{
        Point, Survey, SurveyFlags, SurveyLog, SurveyLong, SurveyReading, SurveyShort, Tree,
    };

    accepts::<Point>("[1,2.5]", "[1.0,2.5]");
    accepts::<Point>("[1.0,2.5,-3.0]", "[1.0,2.5,-3.0]");
    refuses::<Point>("[1]", "");
    refuses::<Point>("[1,2,3,4]", "");
    refuses::<Point>("[1,\"2\"]", "/1");
    refuses::<Point>("[1,2,null]", "/2");
    refuses::<Point>("{\"0\":1,\"1\":2}", "");

    let reading = r#"["2025-01-17T09:30:00Z",null]"#;
    accepts::<SurveyReading>(reading, reading);
    let reading = r#"["2025-01-17T09:30:00Z",1.0,"good","a","b"]"#;
    accepts::<SurveyReading>(reading, reading);
    refuses::<SurveyReading>(&reading.replace("\"b\"", "\"\""), "/4");
    refuses::<SurveyReading>(&reading.replace("\"b\"", "\"b\",\"c\""), "");

    // Equal as JSON values are, whatever the types of their places.
    accepts::<SurveyLog>("[true,false,0,\"\"]", "[true,false,0,\"\"]");
    refuses::<SurveyLog>("[true,false,0,-0.0]", "");
    refuses::<SurveyLog>("[true,true]", "");
    accepts::<SurveyFlags>("[1,2]", "[1,2.0]");
    refuses::<SurveyFlags>("[1,1.0]", "");
    assert!(SurveyFlags(Some(1), Some(1.0)).validate().is_err());
    // A value made in Rust with a hole has no JSON.
    let hole = SurveyFlags(None, Some(1.0));
    assert!(
        hole.validate().is_err() && serde_json::to_string(&hole).is_err() && codec::encode(&hole).is_err()
    );

    accepts::<SurveyShort>("[]", "[]");
    accepts::<SurveyShort>("[1]", "[1]");
    refuses::<SurveyShort>("[1,2]", "");
    accepts::<SurveyLong>("[1,2,3]", "[1,2,3]");
    refuses::<SurveyLong>("[1,2]", "");
    refuses::<SurveyLong>("[1,2,\"3\"]", "/2");
    accepts::<Tree>(r#"["a",["b"],null]"#, r#"["a",["b"],null]"#);
    refuses::<Tree>(r#"["a",null]"#, "/1");
    refuses::<Tree>(r#"["a",["b",["c",[]]]]"#, "/1/1/1");

    let whole = r#"{"origin":[1.0,2.0],"line":[[1.0,2.0],[1.0,2.0,3.0]],"empty":[],"anything":[1,"1",[1],{"a":1}],"either":[0.0,0.0]}"#;
    accepts::<Survey>(whole, whole);
    for (from, to, pointer) in [
        ("[1.0,2.0,3.0]", "[1,2]", "/line"),
        ("\"empty\":[]", "\"empty\":[1]", "/empty"),
        ("[1]", "1.0", "/anything"),
        ("\"1\"", "{\"a\":1.0}", "/anything"),
        ("[0.0,0.0]", "[0.0]", "/either"),
    ] {
        assert!(whole.contains(from), "{from}");
        refuses::<Survey>(&whole.replacen(from, to, 1), pointer);
    }
}

#[test]
fn builders() {
    use drawing_board::{Drawing, DrawingNote, DrawingNoteInteger, Length, Person, Tint};
    use survey_points::{Point, Survey};

    let drawing: Drawing = Drawing::builder(Vec::new(), None, Length::Auto)
        .note(DrawingNote::Integer(DrawingNoteInteger::new(3).unwrap()))
        .layers(
            [(
                "a".to_owned(),
                drawing_board::Layer::Tint(Tint {
                    opacity: None,
                    colour: Some("red".to_owned()),
                }),
            )]
            .into(),
        )
        .build()
        .unwrap();
    let text = r#"{"shapes":[],"cover":null,"width":"auto","layers":{"a":{"colour":"red"}},"note":3}"#;
    assert_eq!(codec::encode(&drawing).unwrap(), text.as_bytes());
    // Null is given as `None`; what is not given is absent.
    let null = Drawing::builder(Vec::new(), None, Length::Auto)
        .note(None)
        .build()
        .unwrap();
    assert_eq!(null.note, Some(None));

    let survey = Survey::builder(Point(1.0, 2.0, None));
    assert!(survey.clone().build().is_ok());
    let error = survey.line(vec![Point(0.0, 0.0, None); 2]).build().unwrap_err();
    assert_eq!(error.pointer(), "/line");
    // Few members that may be absent make a short literal, and no builder.
    let _ = Person {
        name: "Ada".to_owned(),
        home: None,
        additional: std::collections::BTreeMap::new(),
    };
}

#[test]
fn library_loans() {
    use library_loans::{Loan, LoanGen};
    let whole = r#"{"type":"book","self":1,"self_":2,"due date":"2025-01-01","due-date":"2025-01-02","due_date":"2025-01-03","2nd reader":null,"größe":3,"日本":"x","":true,"$ref":"abc","a\"b\\c":4,"gen":"-1","returned":null}"#;
    accepts::<Loan>(whole, whole);
    let value: Loan = codec::decode(whole.as_bytes()).unwrap();
    assert_eq!(
        (value.self_2, value.self_, value.r#gen),
        (Some(1), Some(2), Some(LoanGen::N1_2))
    );
    accepts::<Loan>(
        r#"{"due_date":"2025-01-03","2nd reader":"b","type":"book"}"#,
        r#"{"type":"book","due_date":"2025-01-03","2nd reader":"b","returned":null}"#,
    );
    refuses::<Loan>(&whole.replacen("\"self\":1", "\"own\":1", 1), "/own");
    refuses::<Loan>(&whole.replacen("\"self\":1", "\"self\":null", 1), "/self");
    refuses::<Loan>(&whole.replacen("abc", "abcd", 1), "/$ref");
    refuses::<Loan>(&whole.replacen("\"-1\"", "\"plus\"", 1), "/gen");
}

#[test]
fn nested_objects() {
    use nested_objects::Recipe;
    let whole = r#"{"name":"a","yield":{"amount":2,"unit":"pieces"},"steps":[{"text":"x","minutes":0.5,"uses":[null,"pan"]}],"amounts":{"salt":1.0},"variants":{"b":{"name":"b","steps":[]}},"based_on":{"name":"c","steps":[]},"tree":{"value":1,"left":{"value":2,"left":null},"right":{"value":3,"left":null}},"forest":[[],[[]]]}"#;
    accepts::<Recipe>(whole, whole);
    for (from, to, pointer) in [
        ("\"amount\":2", "\"amount\":0", "/yield/amount"),
        ("\"text\":\"x\"", "\"text\":\"\"", "/steps/0/text"),
        ("\"text\":\"x\"", "\"text\":\"x\",\"more\":1", "/steps/0/more"),
        ("\"pan\"", "\"PAN\"", "/steps/0/uses/1"),
        ("\"salt\":1.0", "\"salt\":-1.0", "/amounts/salt"),
        ("{\"name\":\"b\",", "{", "/variants/b"),
        ("\"value\":2,\"left\":null", "\"value\":2", "/tree/left"),
        ("[[],[[]]]", "[[],[1]]", "/forest/1/0"),
        (
            "\"right\":{\"value\":3,\"left\":null}",
            "\"right\":null",
            "/tree/right",
        ),
    ] {
        assert!(whole.contains(from), "{from}");
        refuses::<Recipe>(&whole.replacen(from, to, 1), pointer);
    }
}

#[test]
fn cross_file() {
    use cross_file::Trip;
    let whole = r#"{"distance":12.5,"limit":500.0,"plate":"AB-1","short":"AB-12","odd":"c~d","fuel":{"amount":3.5},"litres":0.5,"driver":{"name":"x"}}"#;
    accepts::<Trip>(whole, whole);
    for (from, to, pointer) in [
        ("12.5", "-12.5", "/distance"),
        ("500.0", "500.5", "/limit"),
        ("\"AB-1\"", "\"A\"", "/plate"),
        ("AB-12", "AB-123", "/short"),
        ("AB-12", "1B-12", "/short"),
        ("c~d", "c/d", "/odd"),
        ("3.5", "2000.5", "/fuel/amount"),
        ("{\"name\":\"x\"}", "{\"name\":\"\"}", "/driver/name"),
    ] {
        assert!(whole.contains(from), "{from}");
        refuses::<Trip>(&whole.replacen(from, to, 1), pointer);
    }
}

#[test]
fn lookup_tables() {
    use lookup_tables::{Named, Table};
    let whole = r#"{"counts":{"a":1,"b":-2},"labels":{"abc":[1,{"z":null}],"x":0.5},"flags":{"a\"b":true,"x":false},"open":{"any":"thing"},"named":{"10.0.0.1":"x"},"empty":{}}"#;
    accepts::<Table>(whole, whole);
    for (from, to, pointer) in [
        ("{\"a\":1,\"b\":-2}", "{}", "/counts"),
        ("{\"a\":1,", "{\"c\":0,\"a\":1,", "/counts"),
        ("\"a\":1", "\"a\":\"1\"", "/counts/a"),
        ("\"abc\":", "\"abcd\":", "/labels"),
        ("\"abc\":", "\"Abc\":", "/labels"),
        ("\"x\":false", "\"y\":false", "/flags"),
        ("\"x\":false", "\"x\":0", "/flags/x"),
        ("10.0.0.1", "10.0.0.256", "/named"),
        ("\"10.0.0.1\":\"x\"", "\"10.0.0.1\":\"\"", "/named/10.0.0.1"),
        ("\"empty\":{}", "\"empty\":{\"a\":1}", "/empty"),
        ("\"any\":\"thing\"", "\"any\":1,\"any\":2", "/open/any"),
    ] {
        assert!(whole.contains(from), "{from}");
        refuses::<Table>(&whole.replacen(from, to, 1), pointer);
    }
    assert!(Named::new(std::collections::BTreeMap::new()).is_ok());
}

#[test]
fn network_devices() {
    use network_devices::{Device, Open};
    let whole = r#"{"speed":20,"ports":null,"generation":2,"slots":8,"contact":"a@b.c","uptime":"P1DT2H","extra":{"a":[1.5,null]},"list":[1,"x"],"reserved":null,"address":"10.0.0.1","rack":"r12","owner":"x"}"#;
    let value: Device = codec::decode(whole.as_bytes()).unwrap();
    assert_eq!(
        codec::decode::<Device>(&codec::encode(&value).unwrap()).unwrap(),
        value
    );
    assert_eq!(
        serde_json::to_value(&value).unwrap(),
        serde_json::from_str::<serde_json::Value>(whole).unwrap()
    );
    for (from, to, pointer) in [
        ("\"speed\":20", "\"speed\":25", "/speed"),
        ("\"speed\":20", "\"speed\":40", "/speed"),
        ("\"ports\":null", "\"ports\":4", "/ports"),
        ("\"ports\":null", "\"ports\":0", "/ports"),
        ("\"generation\":2", "\"generation\":3", "/generation"),
        ("\"slots\":8", "\"slots\":9", "/slots"),
        ("\"slots\":8", "\"slots\":0", "/slots"),
        ("a@b.c", "a@b.", "/contact"),
        ("a@b.c", "a@b.cccccccccccccccccc", "/contact"),
        ("P1DT2H", "P1D2H", "/uptime"),
        ("\"a\":[1.5,null]", "\"a\":1,\"a\":2", "/extra/a"),
        ("[1,\"x\"]", "[1,2,3]", "/list"),
        ("\"reserved\":null", "\"reserved\":0", "/reserved"),
        ("10.0.0.1", "10.0.0.256", "/address"),
        ("\"r12\"", "\"r\"", "/rack"),
        ("\"r12\"", "\"r1234\"", "/rack"),
        ("\"owner\"", "\"ownr\"", "/ownr"),
        (",\"rack\":\"r12\"", "", ""),
    ] {
        assert!(whole.contains(from), "{from}");
        refuses::<Device>(&whole.replacen(from, to, 1), pointer);
    }
    accepts::<Open>("{\"any\":null}", "{\"any\":null}");
    refuses::<Open>("{}", "");
}

#[test]
fn archive_keys() {
    use archive_keys::{RedisKeys, Scan, ScanPage, ShelfKey};
    let id = "94608f57-3eac-456e-9ab8-1311f9ed4e5d";
    let key = RedisKeys::scan(id, ScanPage::new(7).unwrap(), "2025-01-17", "back").unwrap();
    let text = format!("scan:{id}:7:2025-01-17:back");
    assert_eq!(key.to_string(), text);
    assert_eq!(text.parse::<Scan>().unwrap(), key);
    assert_eq!(Scan::TTL, Some(std::time::Duration::from_mins(1)));
    assert!(RedisKeys::scan(id, ScanPage::new(7).unwrap(), "2025-02-30", "back").is_err());
    assert!(format!("scan:{id}:0:2025-01-17:back").parse::<Scan>().is_err());
    assert_eq!(RedisKeys::shelf("*", -3).unwrap().to_string(), "shelf:*/-3");
    assert_eq!(
        "shelf:me/12".parse::<ShelfKey>().unwrap(),
        RedisKeys::shelf("me", 12).unwrap()
    );
    assert!(RedisKeys::shelf("a/b", 1).is_err());
    assert_eq!(RedisKeys::r#type().to_string(), "everything");
    assert_eq!(RedisKeys::r#move("abc").unwrap().to_string(), "move_abc");
}

#[test]
fn telescope() {
    use telescope::{AnyEvent, ParkEvent, channels};
    let slew = r#"{"event_type":"scope.slew","axis":"ra","scope":"é1","to":"-12.50","at":"2025-01-17T09:30:00+00:00"}"#;
    let decoded = <AnyEvent as EventSet>::decode("scope.é1.slew.ra", slew.as_bytes())
        .unwrap()
        .unwrap();
    let AnyEvent::Slew(event) = decoded else {
        panic!("another event")
    };
    assert_eq!(event.channel(), "scope.é1.slew.ra");
    accepts::<telescope::SlewEvent>(slew, slew);
    refuses::<telescope::SlewEvent>(&slew.replacen("-12.50", "1234", 1), "/to");
    refuses::<telescope::SlewEvent>(&slew.replacen("é1", "É1", 1), "/scope");
    accepts::<ParkEvent>(
        "{\"event_type\":\"scope.park \\\"now\\\"\"}",
        "{\"event_type\":\"scope.park \\\"now\\\"\"}",
    );
    refuses::<telescope::EventType>(r#"{"scope":"a","event_type":"scope.error","code":2}"#, "/code");
    assert_eq!(channels::scope_error("a1").unwrap(), "scope.a1.error");
    assert!(channels::scope_slew("a1", "up").is_err());
}

#[test]
fn single_files_define_root() {
    accepts::<single_root_object::Root>(r#"{"id":"12","root":9}"#, r#"{"id":"12","root":9}"#);
    refuses::<single_root_object::Root>(r#"{"id":"12","root":10}"#, "/root");
    accepts::<single_root_integer::Root>("7.0", "7");
    refuses::<single_root_integer::Root>("7.5", "");
    accepts::<single_root_list::Root>(r#"["ab"]"#, r#"["ab"]"#);
    refuses::<single_root_list::Root>(r#"["ab","ba"]"#, "/1");
    refuses::<single_root_list::Root>("[]", "");
    accepts::<single_root_nullable::Root>("null", "null");
    accepts::<single_root_nullable::Root>("\"ab\"", "\"ab\"");
    refuses::<single_root_nullable::Root>("\"abc\"", "");
    // Three types want to be called so; the file's own is.
    for whole in ["null", "3", r#"{"inner":null}"#, r#"{"inner":{"inner":3}}"#] {
        accepts::<single_root_union::Root>(whole, whole);
    }
    refuses::<single_root_union::Root>("3.5", "");
}

#[test]
fn open_objects() {
    use open_objects::{Anything, ClosedScan, Coded, Evaluated, Label, Parts, Scan, Tags, Void, Without};
    let label = r#"{"to":"Ada","additional":true,"note":null,"shelf":"B7"}"#;
    accepts::<Label>(label, label);
    refuses::<Label>(&label.replace("\"B7\"", "7"), "/shelf");
    refuses::<Label>(&label.replace("B7", &"B".repeat(21)), "/shelf");
    refuses::<Label>(&label.replace("\"note\"", "\"shelf\""), "/shelf");

    accepts::<Anything>(
        r#"{"z":[1,{"b":null}],"id":2,"a":1.0}"#,
        r#"{"id":2,"a":1.0,"z":[1,{"b":null}]}"#,
    );
    refuses::<Anything>(r#"{"z":1,"z":1}"#, "/z");

    let scan = r#"{"w_kg":5.0,"x_self":{"w_kg":1.0},"w_a_kg":2.0,"w_a":2000.0,"a_kg":-3.0,"x_b":{"w_kg":2.0},"note":"x"}"#;
    accepts::<Scan>(scan, scan);
    for (from, to, pointer) in [
        ("\"w_kg\":5.0", "\"w_kg\":-5.0", "/w_kg"),
        ("\"w_kg\":5.0", "\"w_kg\":1000.5", "/w_kg"),
        ("\"w_a_kg\":2.0", "\"w_a_kg\":1001", "/w_a_kg"),
        ("\"w_a_kg\":2.0", "\"w_a_kg\":-1", "/w_a_kg"),
        ("\"w_a\":2000.0", "\"w_a\":-1", "/w_a"),
        ("\"a_kg\":-3.0", "\"a_kg\":1001", "/a_kg"),
        ("\"x_b\":{\"w_kg\":2.0}", "\"x_b\":{}", "/x_b"),
        // Two patterns that no value satisfies at once.
        ("\"note\":\"x\"", "\"x_b_kg\":1", "/x_b_kg"),
        ("\"note\":\"x\"", "\"old_note\":\"x\"", "/old_note"),
        ("\"note\":\"x\"", "\"note\":1", "/note"),
    ] {
        assert!(scan.contains(from), "{from}");
        refuses::<Scan>(&scan.replacen(from, to, 1), pointer);
    }

    accepts::<ClosedScan>(r#"{"a":1,"A10":true}"#, r#"{"a":1,"A10":true}"#);
    refuses::<ClosedScan>(r#"{"A":1}"#, "/A");
    accepts::<Tags>(r#"{"":1,"t_x":"a","n_x":2}"#, r#"{"n_x":2,"t_x":"a","":1}"#);
    refuses::<Tags>("{}", "");
    refuses::<Tags>(r#"{"a":1,"b":1,"n_c":1,"t_d":"x"}"#, "");
    refuses::<Tags>(r#"{"n_x":"a"}"#, "/n_x");
    accepts::<Coded>(r#"{"CC":[],"BB":null}"#, r#"{"BB":null,"CC":[]}"#);
    refuses::<Coded>(r#"{"BB":null}"#, "");
    refuses::<Coded>(r#"{"BB":null,"Cc":1}"#, "/Cc");
    refuses::<Coded>(r#"{"AA":1,"BB":1,"CC":1,"DD":1}"#, "");
    accepts::<Without>(r#"{"c":1,"a":1}"#, r#"{"a":1,"c":1}"#);
    refuses::<Without>(r#"{"a":1,"b":1}"#, "/b");
    let parts = r#"{"own":5,"far":"x","other":1,"more":7}"#;
    accepts::<Parts>(parts, parts);
    refuses::<Parts>(&parts.replace("\"own\":5", "\"own\":0"), "/own");
    refuses::<Parts>(&parts.replace("\"own\":5", "\"own\":11"), "/own");
    refuses::<Parts>(&parts.replace("\"more\":7", "\"more\":0"), "/more");
    refuses::<Parts>(r#"{"own":5}"#, "");
    accepts::<Evaluated>(r#"{"a":"x","p":1,"q":true}"#, r#"{"a":"x","p":1,"q":true}"#);
    refuses::<Evaluated>(r#"{"q":1}"#, "/q");
    accepts::<Void>("{}", "{}");
    refuses::<Void>(r#"{"a":1}"#, "/a");
}

/// A map is filled by hand: what lies in the wrong one, or makes too many, is refused before it is written.
#[test]
fn maps_of_members_are_checked_before_they_are_written() {
    use open_objects::{Coded, Scan, Tags};
    let number = |json: &str| codec::decode(json.as_bytes()).unwrap();
    let scan: Scan = codec::decode(br#"{"w_kg":1}"#).unwrap();
    for (name, pointer) in [("w_kg", "/w_kg"), ("w_a", "/w_a"), ("note", "")] {
        let mut wrong = scan.clone();
        wrong.matching_kg.insert(name.to_owned(), number("1"));
        assert_eq!(
            Validate::validate(&wrong).unwrap_err().pointer(),
            pointer,
            "{name}"
        );
    }
    let mut tags: Tags = codec::decode(br#"{"a":1}"#).unwrap();
    tags.additional.insert("n_a".to_owned(), 1.into());
    let error = Validate::validate(&tags).unwrap_err();
    assert_eq!(
        error.to_string(),
        "at /n_a: expected a name that belongs into another map"
    );
    let mut coded: Coded = codec::decode(br#"{"AA":1,"BB":2,"CC":3}"#).unwrap();
    coded.additional.insert("DD".to_owned(), 1.into());
    assert_eq!(
        Validate::validate(&coded).unwrap_err().to_string(),
        "expected at most 3 properties"
    );
    coded.additional.clear();
    assert!(Validate::validate(&coded).is_ok());
    coded.bb = None;
    assert_eq!(
        Validate::validate(&coded).unwrap_err().to_string(),
        "expected at least 2 properties"
    );
}

#[test]
fn constants() {
    use constants::{Differing, Holds, Loose, Switch, Whatever};
    let whole = r#"{"always_on":true,"never":null,"either":false,"level":4,"gain":-1.0,"wide":9007199254740991,"edge":7.5,"mixed":{"a":[true]},"pair":[1,{"a":"x","b":null}],"scalar":"auto","at":"23:59:60Z","host":"www.xn--bcher-kva.example","times":["08:30:06.25Z"]}"#;
    accepts::<Switch>(whole, whole);
    for (from, to) in [
        ("9007199254740991,", "9007199254740991.0,"),
        ("7.5,", "75e-1,"),
        ("\"level\":4", "\"level\":8"),
        ("[1,{\"a\":\"x\",\"b\":null}]", "[1.0,{\"b\":null,\"a\":\"x\"}]"),
        ("{\"a\":[true]}", "0.0"),
        ("{\"a\":[true]}", "null"),
        ("{\"a\":[true]}", "[]"),
    ] {
        assert!(
            codec::decode::<Switch>(whole.replacen(from, to, 1).as_bytes()).is_ok(),
            "{to}"
        );
    }
    for (from, to, pointer) in [
        ("\"always_on\":true", "\"always_on\":false", "/always_on"),
        ("\"always_on\":true", "\"always_on\":1", "/always_on"),
        ("\"never\":null", "\"never\":true", "/never"),
        ("\"level\":4", "\"level\":3", "/level"),
        ("\"gain\":-1.0", "\"gain\":1", "/gain"),
        ("9007199254740991", "9007199254740990", "/wide"),
        ("9007199254740991", "9007199254740992", "/wide"),
        ("7.5,", "7.25,", "/edge"),
        ("{\"a\":[true]}", "false", "/mixed"),
        ("{\"a\":[true]}", "{\"a\":[1]}", "/mixed"),
        ("{\"a\":[true]}", "{}", "/mixed"),
        ("[1,{\"a\"", "[true,{\"a\"", "/pair"),
        ("\"auto\"", "1", "/scalar"),
        ("23:59:60Z", "23:58:60Z", "/at"),
        ("xn--bcher-kva", "xn--bcher-kvb", "/host"),
        ("www.", "www_.", "/host"),
        ("08:30:06.25Z", "08:30:06", "/times/0"),
        ("08:30:06.25Z", "08:30:06.250000Z", "/times/0"),
    ] {
        assert!(whole.contains(from), "{from}");
        refuses::<Switch>(&whole.replacen(from, to, 1), pointer);
    }
    for value in [
        "null",
        "true",
        "-5",
        "1000",
        "0.5",
        "\"abc\"",
        "[1,2]",
        "{}",
        "{\"abc\":1}",
    ] {
        accepts::<Whatever>(value, value);
    }
    for value in [
        "-6",
        "1001",
        "1000.5",
        "0.3",
        "\"a\"",
        "\"abcde\"",
        "\"Abc\"",
        "[]",
        "[1,1.0]",
        "[1,2,3,4]",
        "{\"abcd\":1}",
        "{\"a\":1,\"b\":1,\"c\":1}",
    ] {
        refuses::<Whatever>(value, "");
    }
    let loose = r#"{"a":[1,2],"b":"1.2.3.4","c":9007199254740991,"d":true,"m":1,"z":true,"zz":"x"}"#;
    accepts::<Loose>(loose, loose);
    for (from, to, pointer) in [
        ("[1,2]", "[1]", "/a"),
        ("1.2.3.4", "1.2.3.4.5", "/b"),
        ("9007199254740991", "9007199254740992", "/c"),
        ("\"d\":true", "\"d\":\"10:00\"", "/d"),
        ("\"m\":1", "\"m\":\"\"", "/m"),
        ("\"z\":true", "\"z\":1", "/z"),
    ] {
        assert!(loose.contains(from), "{from}");
        refuses::<Loose>(&loose.replacen(from, to, 1), pointer);
    }
    for value in [
        "true",
        "\"x\"",
        "3.0",
        "[\"a\"]",
        "{\"a\":1,\"again\":[]}",
        "{\"a\":1,\"again\":{\"a\":2}}",
    ] {
        accepts::<Holds>(value, value);
    }
    for value in ["2", "[1]", "{}", "{\"a\":\"x\"}", "{\"a\":1,\"again\":{}}"] {
        assert!(codec::decode::<Holds>(value.as_bytes()).is_err(), "{value}");
    }
    accepts::<Differing>(r#"[1,true,"1",[1],{"a":1}]"#, r#"[1,true,"1",[1],{"a":1}]"#);
    refuses::<Differing>(r#"[{"a":1,"b":[2]},{"b":[2.0],"a":1}]"#, "");
}

/// The macros once called their type parameters `A`, `D`, `E` and `S`, and their visitors `Members`, `Text` and `Elements`: a schema that did
/// the same did not compile. And a map of itself was refused.
#[test]
fn awkward_names() {
    use awkward_names::Alphabet;
    let whole = r#"{"a":{"d":"x"},"b":[{"d":"y"}],"d":"z","s":"t","e":"w","m":{"m":{"m":{}}},"members":{"s":"u","more":["text"]},"text":"members","elements":["elements",{"d":"v"}]}"#;
    accepts::<Alphabet>(
        &whole.replace("\"text\"]", "\"members\"]"),
        &whole.replace("\"text\"]", "\"members\"]"),
    );
    refuses::<Alphabet>(whole, "/members/more/0");
    refuses::<Alphabet>(r#"{"m":{"m":{"m":[]}}}"#, "/m/m/m");
    refuses::<Alphabet>(r#"{"a":{"d":""}}"#, "/a/d");
}
