//! What the writer promises about its files, checked with the library's reader.

use super::*;
use crate::measure::schema::{OUTCOMES, TABLES};
use parquet::basic::Encoding;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;

fn outcome(number: u32) -> [Cell<'static>; 8] {
    [
        Cell::Text("s"),
        Cell::Whole(0),
        Cell::Whole(number.into()),
        Cell::Text(if number < 70_000 { "left" } else { "returned" }),
        Cell::Text("ALL"),
        Cell::Text("ALL"),
        Cell::Text("persons"),
        Cell::Number(f64::from(number) / 7.0),
    ]
}

fn file(folder: &tempfile::TempDir) -> (std::path::PathBuf, File) {
    let path = folder.path().join("outcomes.parquet");
    (path.clone(), File::create_new(path).unwrap())
}

#[test]
fn groups_have_a_fixed_number_of_rows_and_names_a_dictionary() {
    let folder = tempfile::tempdir().unwrap();
    let (path, new) = file(&folder);
    let mut writer = Box::new(ParquetWriter::new(new, &OUTCOMES).unwrap());
    let count = 150_000;
    for number in 0..count {
        writer.row(&outcome(number)).unwrap();
        // The rows that wait never fill a group.
        assert!(writer.rows.count() < GROUP_ROWS);
    }
    writer.close().unwrap();
    let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
    let groups = reader.metadata().row_groups();
    let rows: Vec<i64> = groups.iter().map(|group| group.num_rows()).collect();
    assert_eq!(rows, [32_768, 32_768, 32_768, 32_768, 18_928]);
    for group in groups {
        for column in group.columns() {
            assert_eq!(column.compression(), Compression::SNAPPY);
        }
        let name = group.column(3);
        assert!(name.encodings().any(|e| e == Encoding::RLE_DICTIONARY));
        assert!(name.dictionary_page_offset().is_some());
    }
    for (number, row) in (0..count).zip(reader.get_row_iter(None).unwrap()) {
        let row = row.unwrap();
        let fields: Vec<&Field> = row.get_column_iter().map(|(_, field)| field).collect();
        assert_eq!(*fields[2], Field::Long(number.into()));
        assert_eq!(*fields[7], Field::Double(f64::from(number) / 7.0));
    }
    assert_eq!(
        reader.metadata().file_metadata().num_rows(),
        i64::from(count)
    );
}

#[test]
fn an_empty_table_has_its_columns_and_says_what_they_are() {
    let folder = tempfile::tempdir().unwrap();
    for &table in TABLES {
        let path = folder.path().join(table.name);
        let writer = ParquetWriter::new(File::create_new(&path).unwrap(), table).unwrap();
        Box::new(writer).close().unwrap();
        let reader = SerializedFileReader::new(File::open(path).unwrap()).unwrap();
        let about = reader.metadata().file_metadata();
        assert_eq!(about.num_rows(), 0);
        assert_eq!(about.created_by(), Some(schema::CREATED_BY));
        let names: Vec<_> = about
            .schema_descr()
            .columns()
            .iter()
            .map(|c| c.name().to_owned())
            .collect();
        assert!(names.iter().eq(table.columns().map(|column| column.name)));
        let pairs = about.key_value_metadata().unwrap();
        let value = |key: &str| {
            let pair = pairs.iter().find(|pair| pair.key == key);
            pair.and_then(|pair| pair.value.as_deref())
        };
        assert_eq!(value("exeunt.table"), Some(table.name));
        assert_eq!(value("exeunt.meaning"), Some(table.doc));
        let stream = crate::engine::STREAM_VERSION.to_string();
        assert_eq!(value("exeunt.stream_version"), Some(stream.as_str()));
        for column in table.columns() {
            let about = |what: &str| value(&format!("exeunt.column.{}.{what}", column.name));
            assert_eq!(about("unit"), column.unit, "{}", column.name);
            assert_eq!(about("meaning"), Some(column.doc));
        }
    }
}
