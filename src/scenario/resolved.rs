//! A scenario written as one self-contained file: everything merged, nothing to look up.

use super::grammar::{Branch, Child, GRAMMAR};
use super::node::{Node, Table};
use super::{Constants, Scenario, Source};
use super::{path, text};

/// Keys that are written separately, or that state how files were put together.
const WRITTEN_APART: [&str; 6] = ["name", "title", "currency", "extends", "drop", "reference"];

impl Source {
    /// Returns the scenario as one file, with files merged, overrides applied and claims kept.
    ///
    /// Loading it gives an equal scenario. With constants it needs no reference, and none is
    /// written. Without them the reference, if it is another scenario, is written into the same
    /// file.
    pub fn resolved_toml(&self, constants: Option<&Constants>) -> String {
        let mut written = String::from(
            "# A resolved scenario: every file that it was made from, merged. It stands alone.\n",
        );
        write_head(&mut written, "", &self.scenario);
        let mut table = self.table.clone();
        for key in WRITTEN_APART {
            table.remove(key);
        }
        if constants.is_some() {
            table.remove("constants");
        }
        write_table(&mut written, &table, &GRAMMAR, &mut Vec::new());
        if let Some(constants) = constants {
            write_constants(&mut written, constants, &self.scenario);
        } else if let (Some(reference), Some(scenario)) =
            (&self.reference, &self.scenario.reference)
        {
            let mut reference = reference.clone();
            // A reference is evaluated with the behaviour of the scenario that refers to it.
            for key in WRITTEN_APART.into_iter().chain(["behaviour"]) {
                reference.remove(key);
            }
            written.push_str("\n[reference]\n");
            write_head(&mut written, "", scenario);
            write_table(
                &mut written,
                &reference,
                &GRAMMAR,
                &mut vec!["reference".to_owned()],
            );
        }
        written
    }
}

fn write_head(written: &mut String, indent: &str, scenario: &Scenario) {
    for (key, value) in [
        ("name", &scenario.name),
        ("title", &scenario.title),
        ("currency", &scenario.currency),
    ] {
        written.push_str(&format!("{indent}{key} = {}\n", text::quoted(value)));
    }
}

/// Writes the values of a table, then its subtables, each under its own header.
fn write_table(written: &mut String, table: &Table, branch: &Branch, trail: &mut Vec<String>) {
    let deeper = |name: &str, node: &Node| {
        node.table()?;
        branch.child(name).and_then(Child::branch)
    };
    for (name, entry) in table {
        if deeper(name, &entry.node).is_none() {
            let value = text::inline(&entry.node);
            written.push_str(&format!("{} = {value}\n", path::quoted(name)));
        }
    }
    for (name, entry) in table {
        let (Some(branch), Some(inner)) = (deeper(name, &entry.node), entry.node.table()) else {
            continue;
        };
        trail.push(name.clone());
        let has_values = inner.iter().any(|(name, entry)| {
            entry.node.table().is_none() || branch.child(name).and_then(Child::branch).is_none()
        });
        if has_values || inner.is_empty() {
            written.push_str(&format!("\n[{}]\n", path::join(trail)));
        }
        write_table(written, inner, branch, trail);
        trail.pop();
    }
}

fn write_constants(written: &mut String, constants: &Constants, scenario: &Scenario) {
    written.push_str(&format!(
        "\n[constants]\nonward_pull = {:?}\nhost_value = {:?}\n",
        constants.onward_pull, constants.host_value
    ));
    if let Some(scale) = constants.scale {
        written.push_str(&format!("scale = {scale}\n"));
    }
    written.push_str("\n[constants.inclusive_value]\n");
    for (segment, value) in scenario.segments.iter().zip(&constants.inclusive_value) {
        // The key is left out if nobody of the segment can go anywhere.
        if value.is_finite() {
            written.push_str(&format!("{} = {value:?}\n", path::quoted(&segment.name)));
        }
    }
}
