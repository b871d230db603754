//! Parses the text of a measure into its syntax.

use super::super::period::{CURE, FORMS, Period};
use super::Fault;
use super::scan::{Scanner, fault};
use super::syntax::{
    At, Clauses, ColumnSyntax, Condition, Function, Kind, Node, OUTCOME, Operator, OutcomeSyntax,
    TermSyntax,
};
use crate::scenario::{nearest, one_of};
use crate::units::TimeUnit;

/// Longest text of a measure, in bytes.
const LONGEST: usize = 2000;
const EXAMPLES: &str = "write it like sum(homes.left where segment = NAME during 2022-03); docs/score.md explains the rest";
/// Deepest nesting of expressions: more than anybody can read.
const DEEPEST: usize = 40;

/// Parses a measure.
///
/// # Errors
/// The first fault.
pub fn parse(text: &str) -> Result<Node, Fault> {
    let length = text.chars().count();
    if length > LONGEST {
        let title = format!("a measure of {length} characters");
        return Err(fault(
            0..text.len(),
            title,
            format!("at most {LONGEST}"),
            "split it into several rows",
        ));
    }
    let mut parser = Parser {
        scanner: Scanner::new(text),
        depth: 0,
    };
    let node = parser.sum()?;
    if parser.scanner.is_at_end() {
        return Ok(node);
    }
    Err(parser.unexpected("+, -, *, / or the end of the measure"))
}

struct Parser<'a> {
    scanner: Scanner<'a>,
    depth: usize,
}

impl Parser<'_> {
    fn unexpected(&mut self, expected: &str) -> Fault {
        let found = self.scanner.found();
        fault(
            found.span,
            format!("{} where something else belongs", found.it),
            expected,
            EXAMPLES,
        )
    }

    fn expect(&mut self, sign: &str, expected: &str) -> Result<(), Fault> {
        match self.scanner.takes(sign) {
            true => Ok(()),
            false => Err(self.unexpected(expected)),
        }
    }

    fn sum(&mut self) -> Result<Node, Fault> {
        let operators = [("+", Operator::Plus), ("-", Operator::Minus)];
        self.chain(&operators, Self::product)
    }

    fn product(&mut self) -> Result<Node, Fault> {
        let operators = [("*", Operator::Times), ("/", Operator::Over)];
        self.chain(&operators, Self::factor)
    }

    /// Parses operands joined by operators of equal precedence, from left to right.
    fn chain(
        &mut self,
        operators: &[(&str, Operator)],
        operand: fn(&mut Self) -> Result<Node, Fault>,
    ) -> Result<Node, Fault> {
        let mut left = operand(self)?;
        loop {
            let found = operators
                .iter()
                .find(|(sign, _)| self.scanner.takes(sign))
                .map(|(_, operator)| *operator);
            let Some(operator) = found else {
                return Ok(left);
            };
            let right = operand(self)?;
            let span = left.span.start..right.span.end;
            left = Node {
                it: Kind::Joined(operator, Box::new(left), Box::new(right)),
                span,
            };
        }
    }

    fn factor(&mut self) -> Result<Node, Fault> {
        let begin = self.scanner.position();
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(fault(
                begin..begin,
                format!("parentheses or signs nested deeper than {DEEPEST}"),
                "an expression that can be read",
                "take out parentheses and signs that change nothing",
            ));
        }
        let node = if self.scanner.takes("-") {
            let it = Kind::Negative(Box::new(self.factor()?));
            let span = self.scanner.since(begin);
            Node { it, span }
        } else if self.scanner.takes("(") {
            let inner = self.sum()?;
            self.expect(")", ") to close the parenthesis")?;
            inner
        } else if let Some(number) = self.scanner.number() {
            let it = Kind::Number(number?);
            let span = self.scanner.since(begin);
            Node { it, span }
        } else {
            let it = self.call()?;
            let span = self.scanner.since(begin);
            Node { it, span }
        };
        self.depth -= 1;
        Ok(node)
    }

    /// Parses a function and what stands in its parentheses.
    fn call(&mut self) -> Result<Kind, Fault> {
        let words: Vec<&str> = Function::WORDS
            .iter()
            .map(|(word, _)| *word)
            .chain([OUTCOME])
            .collect();
        let Some(word) = self.scanner.word() else {
            return Err(
                self.unexpected("a number, a parenthesis, or a function such as sum(homes.left)")
            );
        };
        let function = Function::WORDS.iter().find(|(name, _)| *name == word.it);
        if function.is_none() && word.it != OUTCOME {
            return Err(Fault {
                nearest: nearest(&word.it, words.iter().copied()),
                ..fault(
                    word.span,
                    format!("there is no function `{}`", word.it),
                    one_of(&words, false),
                    "correct the word; docs/score.md says what each function gives",
                )
            });
        }
        self.expect("(", "( after the name of a function")?;
        let kind = match function {
            Some(&(_, function)) => Kind::Term(Box::new(self.term(At {
                it: function,
                span: word.span,
            })?)),
            None => Kind::Outcome(self.outcome()?),
        };
        self.expect(")", "where, during, per, or ) at the end")?;
        Ok(kind)
    }

    fn outcome(&mut self) -> Result<OutcomeSyntax, Fault> {
        let Some(id) = self.scanner.word() else {
            return Err(self.unexpected("the id of an outcome, such as left"));
        };
        let clauses = self.clauses()?;
        Ok(OutcomeSyntax { id, clauses })
    }

    fn term(&mut self, function: At<Function>) -> Result<TermSyntax, Fault> {
        let negative = self.scanner.takes("-");
        let mut columns = vec![self.column(negative)?];
        loop {
            if self.scanner.takes("+") {
                columns.push(self.column(false)?);
            } else if self.scanner.takes("-") {
                columns.push(self.column(true)?);
            } else {
                break;
            }
        }
        let clauses = self.clauses()?;
        let above = match function.it {
            Function::DaysToLast => {
                self.expect(">", "> and what must be exceeded")?;
                Some(self.sum()?)
            }
            _ => None,
        };
        Ok(TermSyntax {
            function,
            columns,
            clauses,
            above,
        })
    }

    fn column(&mut self, negative: bool) -> Result<ColumnSyntax, Fault> {
        const EXPECTED: &str = "a table and a column, such as homes.left";
        let Some(table) = self.scanner.word() else {
            return Err(self.unexpected(EXPECTED));
        };
        self.expect(".", EXPECTED)?;
        let Some(column) = self.scanner.word() else {
            return Err(self.unexpected(EXPECTED));
        };
        Ok(ColumnSyntax {
            table,
            column,
            negative,
        })
    }

    /// Parses `where`, `during` and `per` in any order, each at most once.
    fn clauses(&mut self) -> Result<Clauses, Fault> {
        let mut clauses = Clauses::default();
        loop {
            let begin = self.scanner.position();
            let (word, given) = if self.scanner.takes_word("where") {
                let given = !clauses.conditions.is_empty();
                clauses.conditions.push(self.condition()?);
                while self.scanner.takes_word("and") {
                    clauses.conditions.push(self.condition()?);
                }
                ("where", given)
            } else if self.scanner.takes_word("during") {
                let text = self.scanner.period_text();
                let period = Period::read(&text.it)
                    .map_err(|reason| fault(text.span.clone(), reason, FORMS, CURE))?;
                let it = At {
                    it: period,
                    span: text.span,
                };
                ("during", clauses.during.replace(it).is_some())
            } else if self.scanner.takes_word("per") {
                let unit = self.per()?;
                ("per", clauses.per.replace(unit).is_some())
            } else {
                return Ok(clauses);
            };
            if given {
                return Err(fault(
                    self.scanner.since(begin),
                    format!("`{word}` twice"),
                    "each of where, during and per at most once; several conditions are joined by `and`",
                    match word {
                        "where" => "write `and` in place of the second `where`",
                        _ => "take one of the two out",
                    },
                ));
            }
        }
    }

    fn per(&mut self) -> Result<At<TimeUnit>, Fault> {
        let found = self.scanner.found();
        let unit = self.scanner.word().and_then(|word| {
            Some(At {
                it: TimeUnit::named(&word.it)?,
                span: word.span,
            })
        });
        unit.ok_or_else(|| {
            fault(
                found.span,
                format!("{} is not a unit of time", found.it),
                "one of day, week, month, year",
                "write per month",
            )
        })
    }

    fn condition(&mut self) -> Result<Condition, Fault> {
        let Some(key) = self.scanner.word() else {
            return Err(self.unexpected("a key column, such as country = GE"));
        };
        let is_one = !self.scanner.takes("!") && !self.scanner.takes_word("not");
        let names = if self.scanner.takes("=") {
            vec![self.name()?]
        } else if self.scanner.takes_word("in") {
            self.expect("(", "( and names, such as country in (GE, AM)")?;
            let mut names = vec![self.name()?];
            while self.scanner.takes(",") {
                names.push(self.name()?);
            }
            self.expect(")", ") after the last name")?;
            names
        } else {
            return Err(self.unexpected("=, !=, in (...) or not in (...)"));
        };
        Ok(Condition { key, names, is_one })
    }

    fn name(&mut self) -> Result<At<String>, Fault> {
        match self.scanner.name() {
            Some(name) => Ok(name),
            None => Err(self.unexpected("a name, such as GE; in quotes if it contains spaces")),
        }
    }
}
