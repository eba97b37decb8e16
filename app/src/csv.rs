//! Rows of CSV files that people open in spreadsheets.

/// The row with its line ending. Spreadsheets run a cell that begins like a formula, so such a cell begins with an
/// apostrophe.
pub fn line<T: AsRef<str>>(cells: &[T]) -> String {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    // Nothing fails that is written to memory.
    let _ = writer.write_record(cells.iter().map(|cell| neutral(cell.as_ref())));
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn neutral(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_are_text() {
        let check = |cell: &str, expect: &str| assert_eq!(line(&[cell, "x"]), format!("{expect},x\r\n"), "{cell}");
        check("plain", "plain");
        check("a,b", "\"a,b\"");
        check("say \"yes\"", "\"say \"\"yes\"\"\"");
        check("two\nlines", "\"two\nlines\"");
        check("=1+1", "'=1+1");
        check("+1", "'+1");
        check("-1", "'-1");
        check("@SUM(A1)", "'@SUM(A1)");
        check("\t=1", "'\t=1");
        check("\r=1", "\"'\r=1\"");
        check("＝1", "'＝1");
        check("1-1", "1-1");
        check("", "");
    }
}
