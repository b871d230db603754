//! The schema and metadata of a Parquet file: the types of the columns, the name and meaning of the table, the
//! versions, and the unit and meaning of each column.

use crate::engine::STREAM_VERSION;
use crate::measure::{Column, Kind, Table};
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::schema::types::{SchemaDescriptor, Type};
use std::sync::Arc;

/// The columns with their types: text as UTF-8, dates as days, whole numbers as signed 64-bit integers, other numbers
/// in double precision. A column that may be empty is optional.
pub(super) fn columns(table: &Table) -> Result<SchemaDescriptor, ParquetError> {
    let fields = table.columns().map(field);
    let root = Type::group_type_builder(table.name)
        .with_fields(fields.collect::<Result<_, _>>()?)
        .build()?;
    Ok(SchemaDescriptor::new(Arc::new(root)))
}

fn field(column: &Column) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
        Kind::Whole => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
    };
    let repetition = match column.may_be_empty {
        true => Repetition::OPTIONAL,
        false => Repetition::REQUIRED,
    };
    let field = Type::primitive_type_builder(column.name, physical)
        .with_logical_type(logical)
        .with_repetition(repetition)
        .build()?;
    Ok(Arc::new(field))
}

/// The program that wrote the file, in the form that Parquet asks for.
pub(super) const CREATED_BY: &str = concat!("exeunt version ", env!("CARGO_PKG_VERSION"));

/// The metadata of the file, which depends on nothing but the table and the version.
pub(super) fn metadata(table: &Table) -> Vec<KeyValue> {
    let keys: Vec<&str> = table
        .columns()
        .filter(|column| column.key)
        .map(|column| column.name)
        .collect();
    let mut pairs = vec![
        pair("exeunt.version", env!("CARGO_PKG_VERSION")),
        pair("exeunt.stream_version", &STREAM_VERSION.to_string()),
        pair("exeunt.table", table.name),
        pair("exeunt.meaning", table.doc),
        pair("exeunt.key", &keys.join(",")),
    ];
    for column in table.columns() {
        let about = |what: &str| format!("exeunt.column.{}.{what}", column.name);
        if let Some(unit) = column.unit {
            pairs.push(pair(&about("unit"), unit));
        }
        pairs.push(pair(&about("meaning"), column.doc));
    }
    pairs
}

fn pair(key: &str, value: &str) -> KeyValue {
    KeyValue::new(key.to_owned(), value.to_owned())
}
