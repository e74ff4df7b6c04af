//! What opening reads, in bytes: not what it does not need, however much of that there is.

use redis_client::buffer::storage::{Storage as _, StorageFile as _};
use redis_client::buffer::wal::Wal;
use redis_client::buffer::{Config, DEAD_LETTERS_FOLDER, Pair};
use redis_client_tests::fault::storage::{Faults, SimDisk};

use crate::config;

/// How many bytes an opening reads.
fn read_by_opening(disk: &SimDisk) -> u64 {
    let before = disk.bytes_read();
    drop(Wal::open(disk.clone(), &config()).unwrap());
    disk.bytes_read() - before
}

/// What happened: each opening read all dead letters, payloads and all, to know that none was of a newer format.
#[test]
fn opening_does_not_read_the_dead_letters() {
    let letters = SimDisk::new(1, Faults::default());
    let mut log = Wal::open(letters.clone(), &Config::new().segment_bytes(1 << 20)).unwrap();
    for sequence in 1..=2000 {
        log.append(Pair { epoch: 1, sequence }, "c", &[b'x'; 1000], 0)
            .unwrap();
    }
    log.sync().unwrap();
    drop(log);
    let disk = SimDisk::new(2, Faults::default());
    drop(Wal::open(disk.clone(), &config()).unwrap());
    let without = read_by_opening(&disk);
    for name in letters.names() {
        let bytes = letters.read(&name).unwrap();
        let file = disk.create(&format!("{DEAD_LETTERS_FOLDER}/{name}")).unwrap();
        assert_eq!(file.write_at(&bytes, 0).unwrap(), bytes.len());
    }
    // The small files, and a page of each of the two or three segments.
    let more = read_by_opening(&disk) - without;
    assert!(
        (4096..32 << 10).contains(&more),
        "{more} bytes of the dead letters"
    );
}
