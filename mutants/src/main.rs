//! Writes every mutant of some folders of a crate into one copy of the crate, each behind a switch.
//!
//!     mutants CRATE COPY FOLDER...      e.g. mutants . COPY src/model src/engine src/analyse
//!
//! The copy is built once, and its tests are run with `EXEUNT_MUTANT=NUMBER`: building the crate anew for each of
//! thousands of mutants, as cargo-mutants does, would take days. With `EXEUNT_REACHED=FILE` and no number, nothing is
//! mutated, and the numbers of the mutants that a program reaches are written to the file. Operators become their
//! neighbours; `!` and calls whose result is not used are removed. A line is printed for each mutant, separated by
//! tabs: number, file, line, what.
//!
//! `MUTANTS_WITHOUT` lists code that is not mutated because the compiler refuses the mutant, one entry a line:
//! `FILE:CODE`, with tokens one space apart.

use proc_macro2::Span;
use quote::ToTokens;
use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Expr, Stmt, UnOp, parse_quote};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [root, copy, folders @ ..] = arguments.as_slice() else {
        return Err("mutants CRATE COPY FOLDER...".into());
    };
    let without = std::env::var("MUTANTS_WITHOUT").unwrap_or_default();
    let without: BTreeSet<String> = without.lines().map(str::to_owned).collect();
    let mut mutants = Mutants {
        without,
        ..Mutants::default()
    };
    for folder in folders {
        for file in files(&Path::new(root).join(folder))? {
            let name = file.strip_prefix(root)?.to_owned();
            if name.components().any(|part| {
                ["tests", "tests.rs", "test_support.rs", "test_functions.rs"]
                    .contains(&&*part.as_os_str().to_string_lossy())
            }) {
                continue;
            }
            mutants.file = name.display().to_string();
            let mut parsed = syn::parse_file(&std::fs::read_to_string(&file)?)?;
            mutants.visit_file_mut(&mut parsed);
            std::fs::write(Path::new(copy).join(&name), prettyplease::unparse(&parsed))?;
        }
    }
    let library = Path::new(copy).join("src/lib.rs");
    let text = std::fs::read_to_string(&library)?;
    std::fs::write(library, text + SWITCH)?;
    Ok(())
}

const SWITCH: &str = r#"
/// Whether a mutant acts. None does where `EXEUNT_REACHED` names a file: to it the numbers of those are written that are
/// asked about.
#[doc(hidden)]
pub fn mutant(number: u32) -> bool {
    static CHOSEN: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
    let chosen = CHOSEN.get_or_init(|| {
        let chosen = std::env::var("EXEUNT_MUTANT").ok();
        chosen.and_then(|chosen| chosen.parse().ok()).unwrap_or(0)
    });
    if *chosen == 0 {
        reached(number);
    }
    *chosen == number
}

fn reached(number: u32) {
    use std::io::Write;
    use std::sync::atomic::{AtomicBool, Ordering};
    static REACHED: [AtomicBool; 1 << 14] = [const { AtomicBool::new(false) }; 1 << 14];
    static FILE: std::sync::OnceLock<Option<std::fs::File>> = std::sync::OnceLock::new();
    let flag = &REACHED[number as usize];
    if flag.load(Ordering::Relaxed) || flag.swap(true, Ordering::Relaxed) {
        return;
    }
    let file = FILE.get_or_init(|| {
        let path = std::env::var_os("EXEUNT_REACHED")?;
        std::fs::OpenOptions::new().create(true).append(true).open(path).ok()
    });
    if let Some(mut file) = file.as_ref() {
        let _ = file.write_all(format!("{number}\n").as_bytes());
    }
}
"#;

/// The Rust files in a folder and in those below it, in order.
fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The mutants made so far.
#[derive(Default)]
struct Mutants {
    file: String,
    number: u32,
    without: BTreeSet<String>,
}

impl Mutants {
    /// The number of the next mutant, which is printed with what the mutant is; `None` if the code is not to be
    /// mutated.
    fn next(&mut self, span: Span, code: &impl ToTokens, what: &str) -> Option<u32> {
        let line = span.start().line;
        let code = code.to_token_stream();
        if self.without.contains(&format!("{}:{code}", self.file)) {
            return None;
        }
        self.number += 1;
        println!("{}\t{}\t{line}\t{what}", self.number, self.file);
        Some(self.number)
    }
}

/// Whether an item is only for tests.
fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let is_cfg = attribute.path().is_ident("cfg");
        let text = attribute.to_token_stream().to_string();
        attribute.path().is_ident("test") || (is_cfg && text.contains("test"))
    })
}

/// Whether a chain of conditions binds something, so that its parts cannot stand alone.
fn has_let(expr: &Expr) -> bool {
    match expr {
        Expr::Let(_) => true,
        Expr::Binary(binary) => has_let(&binary.left) || has_let(&binary.right),
        Expr::Paren(inner) => has_let(&inner.expr),
        _ => false,
    }
}

/// The operator that replaces an operator; `None` if it is not replaced.
fn other(op: &BinOp) -> Option<BinOp> {
    Some(match op {
        BinOp::Add(_) => parse_quote!(-),
        BinOp::Sub(_) => parse_quote!(+),
        BinOp::Mul(_) => parse_quote!(/),
        BinOp::Div(_) => parse_quote!(*),
        BinOp::Rem(_) => parse_quote!(/),
        BinOp::And(_) => parse_quote!(||),
        BinOp::Or(_) => parse_quote!(&&),
        BinOp::BitAnd(_) => parse_quote!(|),
        BinOp::BitOr(_) => parse_quote!(&),
        BinOp::BitXor(_) => parse_quote!(|),
        BinOp::Shl(_) => parse_quote!(>>),
        BinOp::Shr(_) => parse_quote!(<<),
        BinOp::Lt(_) => parse_quote!(<=),
        BinOp::Le(_) => parse_quote!(<),
        BinOp::Gt(_) => parse_quote!(>=),
        BinOp::Ge(_) => parse_quote!(>),
        BinOp::Eq(_) => parse_quote!(!=),
        BinOp::Ne(_) => parse_quote!(==),
        BinOp::AddAssign(_) => parse_quote!(-=),
        BinOp::SubAssign(_) => parse_quote!(+=),
        BinOp::MulAssign(_) => parse_quote!(/=),
        BinOp::DivAssign(_) => parse_quote!(*=),
        BinOp::BitAndAssign(_) => parse_quote!(|=),
        BinOp::BitOrAssign(_) => parse_quote!(&=),
        _ => return None,
    })
}

impl VisitMut for Mutants {
    fn visit_item_mut(&mut self, item: &mut syn::Item) {
        match item {
            syn::Item::Const(_) | syn::Item::Static(_) | syn::Item::Macro(_) => {}
            syn::Item::Mod(inner) if is_for_tests(&inner.attrs) => {}
            syn::Item::Fn(function)
                if function.sig.constness.is_some() || is_for_tests(&function.attrs) => {}
            syn::Item::Impl(inner) if is_for_tests(&inner.attrs) => {}
            _ => visit_mut::visit_item_mut(self, item),
        }
    }

    fn visit_impl_item_mut(&mut self, item: &mut syn::ImplItem) {
        match item {
            syn::ImplItem::Const(_) => {}
            syn::ImplItem::Fn(function)
                if function.sig.constness.is_some() || is_for_tests(&function.attrs) => {}
            _ => visit_mut::visit_impl_item_mut(self, item),
        }
    }

    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
    fn visit_pat_mut(&mut self, _: &mut syn::Pat) {}
    fn visit_attribute_mut(&mut self, _: &mut syn::Attribute) {}
    fn visit_generic_argument_mut(&mut self, _: &mut syn::GenericArgument) {}

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Repeat(repeat) = expr {
            self.visit_expr_mut(&mut repeat.expr);
            return;
        }
        if matches!(expr, Expr::Const(_)) {
            return;
        }
        let before = expr.clone();
        visit_mut::visit_expr_mut(self, expr);
        match before {
            Expr::Binary(mut binary) if !has_let(&binary.left) && !has_let(&binary.right) => {
                let Some(op) = other(&binary.op) else { return };
                let what = format!(
                    "{} -> {}",
                    binary.op.to_token_stream(),
                    op.to_token_stream()
                );
                let Some(number) = self.next(binary.op.span(), &binary, &what) else {
                    return;
                };
                // (A mutant contains no other mutants, because the text would double with every level.)
                binary.op = op;
                let now = expr.clone();
                *expr = parse_quote!((if crate::mutant(#number) { #binary } else { #now }));
            }
            Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_)) => {
                let Some(number) = self.next(unary.op.span(), &unary, "! removed") else {
                    return;
                };
                let (inner, now) = (&unary.expr, expr.clone());
                *expr = parse_quote!((if crate::mutant(#number) { #inner } else { #now }));
            }
            _ => {}
        }
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        let before = stmt.clone();
        visit_mut::visit_stmt_mut(self, stmt);
        let Stmt::Expr(Expr::MethodCall(_) | Expr::Call(_), Some(_)) = before else {
            return;
        };
        let Some(number) = self.next(before.span(), &before, "call removed") else {
            return;
        };
        let now = stmt.clone();
        *stmt = parse_quote!(if !crate::mutant(#number) { #now });
    }
}
