//! The statements that a request runs, for tests of their number and their plans.

use std::{cell::RefCell, future::Future};

use crate::{Dialect, Query, Result, Row, Tx};

tokio::task_local! {
    static STATEMENTS: RefCell<Vec<Query>>;
}

/// Keeps the statement, if a test is recording.
pub(crate) fn note(statement: &Query) {
    // Outside a recording nothing is kept.
    _ = STATEMENTS.try_with(|statements| statements.borrow_mut().push(statement.clone()));
}

/// Runs the future, and returns the statements that it ran with its result. Statements that other tasks ran for it are not among
/// them.
pub async fn recording<F: Future>(future: F) -> (F::Output, Vec<Query>) {
    let kept = async {
        let result = future.await;
        (result, STATEMENTS.with(RefCell::take))
    };
    STATEMENTS.scope(RefCell::default(), kept).await
}

/// The steps of the plan by which the database would run this statement.
pub async fn plan(tx: &mut Tx, statement: Query) -> Result<Vec<String>> {
    // SQLite's first three columns say how the steps depend on each other.
    let (explain, column) = match tx.dialect() {
        Dialect::Sqlite => ("EXPLAIN QUERY PLAN ", 3),
        Dialect::Postgres => ("EXPLAIN ", 0),
    };
    let mut steps = Vec::new();
    let keep = |row: &Row| {
        steps.push(row.get(column)?);
        Ok(())
    };
    statement.after(explain).for_each_row(tx, keep).await?;
    Ok(steps)
}
