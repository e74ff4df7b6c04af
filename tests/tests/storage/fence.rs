//! The file `fence` in the making: wherever the process ends, nothing of it looks like damage, and who was let in was let in fenced.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use redis_client::buffer::storage::{FileStorage, Storage};
use redis_client::buffer::wal::Wal;
use redis_client::buffer::{FallbackBuffer, Sync, adopt, inspect};
use redis_client::publisher::simulation::Store;
use redis_client_tests::fault::mortal::{Death, Mortal};
use redis_client_tests::fault::storage::{Faults, SimDisk};

use crate::config;

type Prepare = fn(&Path);

/// Whether a process that dies before its operation number `steps` gets as far as to accept fenced events.
fn fence<S: Storage>(disk: S, steps: u64) -> bool {
    let left = Arc::new(AtomicU64::new(steps));
    let mut disk = Some(Mortal::new(disk, &left, Death::Fail));
    let store = Store::open(Sync::Always, move |_| {
        Wal::open(disk.take().expect("opened once"), &config())
    });
    store.is_ok_and(|mut store| store.fence().is_ok())
}

/// What happened: killed in the instant that made the file, it was empty, or had a slot of zeros, and was reported as damage until
/// the next fenced start.
#[test]
fn killed_before_any_operation_that_fences_a_directory_nothing_looks_damaged() {
    let stories: [(&str, Prepare); 3] = [
        ("a new directory", |_| ()),
        ("one that was used unfenced", |path| {
            FallbackBuffer::open(path).unwrap().append("c", b"1").unwrap();
        }),
        ("one that was adopted", |path| {
            assert!(fence(FileStorage::open(path).unwrap(), u64::MAX));
            adopt(path).unwrap();
        }),
    ];
    for (story, prepare) in stories {
        let mut is_fenced = false;
        let mut steps = 0;
        // Bound: a start has some dozens of operations.
        while !is_fenced {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path();
            prepare(path);
            is_fenced = fence(FileStorage::open(path).unwrap(), steps);
            let seen = inspect(path).unwrap();
            assert_eq!(seen.findings(), [], "{story}, killed before operation {steps}");
            let found = FallbackBuffer::open(path).unwrap();
            assert_eq!(found.findings().unwrap(), [], "{story}, operation {steps}");
            assert!(found.is_fenced() || !is_fenced, "{story}, operation {steps}");
            steps += 1;
        }
        assert!(steps > 10, "{story}: {steps} operations");
    }
}

#[test]
fn after_a_power_cut_a_directory_that_was_let_in_fenced_is_fenced() {
    for seed in 0..40 {
        let mut is_fenced = false;
        let mut steps = 0;
        // Bound: a start has some dozens of operations.
        while !is_fenced {
            let disk = SimDisk::new(seed, Faults::default());
            is_fenced = fence(disk.clone(), steps);
            let after = disk.power_cut();
            let is_marked = after.names().iter().any(|name| name == "fence");
            assert!(is_marked || !is_fenced, "seed {seed}, operation {steps}");
            let wal = Wal::open(after.clone(), &config()).unwrap();
            let damage: Vec<_> = wal
                .findings()
                .iter()
                .filter(|found| found.kind.is_damage())
                .collect();
            assert_eq!(
                damage,
                Vec::<&redis_client::buffer::Finding>::new(),
                "seed {seed}, operation {steps}"
            );
            drop(wal);
            assert!(fence(after, u64::MAX));
            steps += 1;
        }
    }
}
