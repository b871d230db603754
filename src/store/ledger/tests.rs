//! Records that are whole, torn off, or damaged in the middle; two commands at once.

use super::*;

fn open(folder: &Path) -> (Ledger, Vec<(u64, Vec<u8>)>) {
    let (mut ledger, entries) = Ledger::open(folder, &"plan").unwrap();
    let read = |entry: &Entry| (entry.number, ledger.read(entry).unwrap());
    let entries = entries.iter().map(read).collect();
    (ledger, entries)
}

/// A changed byte in the middle, in the body of a record or in its length, loses that record and no other.
#[test]
fn damage_in_the_middle_loses_no_more_than_itself() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("work");
    let pieces: Vec<(u64, Vec<u8>)> = (0..9)
        .map(|n| (n, vec![n as u8; 40 + n as usize]))
        .collect();
    let (mut ledger, _) = open(&path);
    for (number, bytes) in &pieces {
        ledger.append(*number, bytes).unwrap();
    }
    assert_eq!(ledger.damage(), None);
    drop(ledger);
    let whole = fs::read(path.join(RECORDS)).unwrap();
    let record = |number: usize| {
        MAGIC.len()
            + pieces[..number]
                .iter()
                .map(|(_, bytes)| HEAD + bytes.len() + CHECK)
                .sum::<usize>()
    };
    for (byte, lost) in [
        (record(3) + HEAD + 5, 3),
        (record(4) + 9, 4),
        (record(0), 0),
    ] {
        let mut bytes = whole.clone();
        bytes[byte] ^= 0xff;
        fs::write(path.join(RECORDS), &bytes).unwrap();
        let (ledger, found) = open(&path);
        let others = pieces.iter().filter(|(number, _)| *number != lost);
        assert!(found.iter().eq(others), "{lost}: {found:?}");
        let place = format!(
            "from byte {} to {}",
            record(lost as usize),
            record(lost as usize + 1)
        );
        assert!(
            ledger.damage().unwrap().contains(&place),
            "{:?}",
            ledger.damage()
        );
        drop(ledger);
        // The lost piece is made again behind the others, and the damage stays where it is.
        let (mut ledger, _) = open(&path);
        ledger.append(lost, &pieces[lost as usize].1).unwrap();
        drop(ledger);
        assert_eq!(open(&path).1.len(), pieces.len());
    }
    // At the end, a damaged record counts as torn off, as by a crash.
    fs::write(path.join(RECORDS), &whole[..whole.len() - 3]).unwrap();
    let (ledger, found) = open(&path);
    assert_eq!((found.len(), ledger.damage()), (8, None));
}

#[test]
fn what_was_finished_is_there_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.unfinished");
    assert_eq!(plan_of::<String>(&path).unwrap(), None);
    let (mut ledger, entries) = open(&path);
    assert!(entries.is_empty());
    ledger.append(7, b"seven").unwrap();
    ledger.append(3, b"").unwrap();
    drop(ledger);
    assert_eq!(plan_of::<String>(&path).unwrap().unwrap(), "plan");
    let (mut ledger, entries) = open(&path);
    assert_eq!(entries, [(7, b"seven".to_vec()), (3, Vec::new())]);
    ledger.append(4, b"four").unwrap();
    drop(ledger);
    assert_eq!(open(&path).1.len(), 3);
    discard(&path).unwrap();
    assert!(!path.exists());
    discard(&path).unwrap();
}

#[test]
fn only_whole_records_count_wherever_it_was_torn() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.unfinished");
    let (mut ledger, _) = open(&path);
    ledger.append(1, b"first").unwrap();
    let whole = fs::metadata(path.join(RECORDS)).unwrap().len();
    ledger.append(2, b"second, longer").unwrap();
    drop(ledger);
    let all = fs::read(path.join(RECORDS)).unwrap();
    for length in 0..all.len() {
        fs::write(path.join(RECORDS), &all[..length]).unwrap();
        let (mut ledger, entries) = open(&path);
        let kept = usize::from(length as u64 >= whole);
        assert_eq!(entries.len(), kept, "{length} bytes");
        // Work continues from there.
        ledger.append(9, b"next").unwrap();
        drop(ledger);
        assert_eq!(open(&path).1.len(), kept + 1);
    }
    // A record with a changed byte does not count.
    let mut broken = all;
    let place = whole as usize - 10;
    broken[place] ^= 1;
    fs::write(path.join(RECORDS), &broken).unwrap();
    let (ledger, entries) = open(&path);
    assert_eq!((entries.len(), ledger.damage().is_some()), (1, true));
}

#[test]
fn two_at_once_and_strange_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.unfinished");
    let (ledger, _) = open(&path);
    let second = Ledger::open(&path, &"plan").unwrap_err();
    assert!(matches!(second, StoreError::Locked { .. }), "{second}");
    // Nor can it be taken away from whoever is writing it.
    let force = discard(&path).unwrap_err();
    assert!(matches!(force, StoreError::Locked { .. }), "{force}");
    drop(ledger);
    fs::write(path.join(RECORDS), "something else").unwrap();
    let strange = Ledger::open(&path, &"plan").unwrap_err();
    assert!(matches!(strange, StoreError::Damaged { .. }), "{strange}");
    fs::write(path.join("notes.txt"), "mine").unwrap();
    assert!(matches!(discard(&path), Err(StoreError::HoldsMore { .. })));
    let among = Ledger::open(&path, &"plan").unwrap_err();
    assert!(matches!(among, StoreError::HoldsMore { .. }), "{among}");
    assert!(path.join(PLAN).exists() && path.join(RECORDS).exists());
}

/// Shards of a calibration read the ledgers of each other, and one of them may just be beginning.
#[test]
fn who_reads_is_in_nobodys_way() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.unfinished");
    drop(open(&path));
    let one = Ledger::reading(&path).unwrap();
    let two = Ledger::reading(&path).unwrap();
    let writer = thread::spawn({
        let path = path.clone();
        move || Ledger::open(&path, &"plan").map(|_| ())
    });
    thread::sleep(Duration::from_millis(200));
    drop((one, two));
    writer.join().unwrap().unwrap();
}

/// Nothing was written, so the message must not speak of writing.
#[test]
fn what_cannot_be_read_is_no_failed_write() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.unfinished");
    let gone = Ledger::reading(&path).unwrap_err();
    assert!(matches!(gone, StoreError::NotRead { .. }), "{gone}");
    // Its folder is what has to be removed to begin anew, not the file that is not there.
    let cure = format!("remove the folder `{}` to start it over", path.display());
    assert!(gone.to_string().contains(&cure), "{gone}");
    for name in [PLAN, RECORDS] {
        fs::create_dir_all(path.join(name)).unwrap();
    }
    for error in [
        plan_of::<String>(&path).unwrap_err(),
        Ledger::reading(&path).unwrap_err(),
        Ledger::open(&path, &"plan").unwrap_err(),
    ] {
        let said = error.to_string();
        assert!(
            said.contains("could not be read: this is not a file; remove it to start over"),
            "{said}"
        );
    }
    // Nor is it a failed write if it cannot be removed.
    let stays = discard(&path).unwrap_err();
    assert!(matches!(stays, StoreError::NotRemoved { .. }), "{stays}");
    // A record that is shorter than its entry says.
    let path = folder.path().join("y.unfinished");
    let (mut ledger, _) = open(&path);
    ledger.append(1, b"first").unwrap();
    let (mut ledger, entries) = ledger.entries(false).unwrap();
    let longer = Entry {
        length: 1000,
        ..entries[0]
    };
    let short = ledger.read(&longer).unwrap_err();
    assert!(matches!(short, StoreError::NotRead { .. }), "{short}");
}

#[test]
fn what_a_crash_leaves_of_a_beginning_or_an_end_is_in_nobodys_way() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.unfinished");
    // A crash before the plan had its name.
    let (mut ledger, _) = open(&path);
    ledger.append(1, b"first").unwrap();
    drop(ledger);
    fs::rename(path.join(PLAN), path.join(HALF_PLAN)).unwrap();
    // Its records belong to no plan, and another plan does not take them for its own.
    assert!(Ledger::open(&path, &"another").unwrap().1.is_empty());
    assert_eq!(plan_of::<String>(&path).unwrap().unwrap(), "another");
    fs::rename(path.join(PLAN), path.join(HALF_PLAN)).unwrap();
    discard(&path).unwrap();
    assert!(!path.exists());
}
