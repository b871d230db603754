//! Trees laid over each other, looking up a path, and dropping what is at one.

use crate::scenario::grammar::{Branch, Child};
use crate::scenario::node::{Entry, Table, Value};
use crate::scenario::path;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Lays one table over another.
///
/// Tables of the grammar are merged; everything else is replaced, so that a claim or a distribution
/// never becomes a mixture of two.
pub(super) fn overlay(base: &mut Table, over: Table, branch: Option<&Branch>) {
    for (name, entry) in over {
        let deeper = branch
            .and_then(|branch| branch.child(&name))
            .and_then(Child::branch);
        if let (Some(deeper), Some(below)) = (deeper, base.get_mut(&name))
            && let (Value::Table(below_table), Value::Table(_)) =
                (&mut below.node.value, &entry.node.value)
        {
            below.key = entry.key;
            below.node.place = entry.node.place;
            if let Value::Table(over_table) = entry.node.value {
                let over_table = Arc::unwrap_or_clone(over_table);
                overlay(Arc::make_mut(below_table), over_table, Some(deeper));
            }
            continue;
        }
        base.insert(name, entry);
    }
}

/// Returns the entry at a path.
pub(crate) fn find<'a>(table: &'a Table, parts: &[String]) -> Option<&'a Entry> {
    let (first, rest) = parts.split_first()?;
    let entry = table.get(first)?;
    if rest.is_empty() {
        return Some(entry);
    }
    find(entry.node.table()?, rest)
}

/// Removes the entry at a path; if there is none, returns the nearest path that exists.
pub(super) fn take(table: &mut Table, parts: &[String]) -> Result<(), Option<String>> {
    let Some((first, rest)) = parts.split_first() else {
        return Err(None);
    };
    let names: BTreeMap<&str, ()> = table.keys().map(|name| (name.as_str(), ())).collect();
    let near = path::nearest(first, names.keys().copied());
    let with_rest = |first: String, rest: &[String]| {
        let mut parts = vec![first];
        parts.extend_from_slice(rest);
        path::join(&parts)
    };
    let Some(entry) = table.get_mut(first) else {
        return Err(near.map(|near| with_rest(near, rest)));
    };
    if rest.is_empty() {
        table.remove(first);
        return Ok(());
    }
    match &mut entry.node.value {
        Value::Table(inner) => take(Arc::make_mut(inner), rest)
            .map_err(|near| near.map(|near| format!("{first}.{near}"))),
        _ => Err(None),
    }
}
