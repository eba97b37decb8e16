//! Both databases hold the same tables, columns, keys, unique constraints and indexes.

use std::{collections::BTreeSet, fs};

use store::{
    sql,
    testing::{TestStore, postgres, sqlite},
};

use super::root;

#[test]
fn both_databases_have_migrations_of_the_same_names() {
    let names = |dialect: &str| {
        let folder = fs::read_dir(root().join("migrations").join(dialect)).unwrap();
        folder.map(|entry| entry.unwrap().file_name()).collect::<BTreeSet<_>>()
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

#[tokio::test]
async fn both_databases_have_the_same_columns() {
    let sqlite = rows(&sqlite().await, SQLITE_COLUMNS).await;
    assert_eq!(sqlite, rows(&postgres().await, POSTGRES_COLUMNS).await);
    assert!(!sqlite.is_empty());
}

#[tokio::test]
async fn both_databases_have_the_same_unique_constraints() {
    let sqlite = rows(&sqlite().await, SQLITE_UNIQUE).await;
    assert_eq!(sqlite, rows(&postgres().await, POSTGRES_UNIQUE).await);
}

#[tokio::test]
async fn both_databases_have_the_same_indexes() {
    let sqlite = rows(&sqlite().await, SQLITE_INDEXES).await;
    assert_eq!(sqlite, rows(&postgres().await, POSTGRES_INDEXES).await);
}

/// The rows of a catalog query, each as one text.
async fn rows(test: &TestStore, question: &'static str) -> BTreeSet<String> {
    let mut ctx = test.store.read().await.unwrap();
    let rows: Vec<(String,)> = sql(question).fetch_all(&mut ctx.tx).await.unwrap();
    rows.into_iter().map(|(row,)| row).collect()
}

/// `table.column type null|not null key`; SQLite's INTEGER keys are BIGINT.
const SQLITE_COLUMNS: &str = "
SELECT t.name || '.' || c.name || ' '
    || CASE upper(c.type) WHEN 'INTEGER' THEN 'BIGINT' WHEN 'BLOB' THEN 'BYTEA' ELSE upper(c.type) END
    || CASE WHEN c.\"notnull\" OR 0 < c.pk THEN ' not null' ELSE ' null' END
    || CASE WHEN 0 < c.pk THEN ' key' ELSE '' END
FROM sqlite_master t JOIN pragma_table_info(t.name) c
WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name <> '_sqlx_migrations'";

const POSTGRES_COLUMNS: &str = "
SELECT c.table_name || '.' || c.column_name || ' ' || upper(c.data_type)
    || CASE c.is_nullable WHEN 'NO' THEN ' not null' ELSE ' null' END
    || CASE WHEN k.column_name IS NOT NULL THEN ' key' ELSE '' END
FROM information_schema.columns c
LEFT JOIN (information_schema.key_column_usage k JOIN information_schema.table_constraints t
    ON t.constraint_name = k.constraint_name AND t.table_schema = k.table_schema AND t.constraint_type = 'PRIMARY KEY')
    ON k.table_schema = c.table_schema AND k.table_name = c.table_name AND k.column_name = c.column_name
WHERE c.table_schema = 'public' AND c.table_name <> '_sqlx_migrations'";

/// `table (column, column)`, keys aside.
const SQLITE_UNIQUE: &str = "
SELECT name || ' (' || group_concat(coalesce(part, 'expression'), ', ') || ')'
FROM (SELECT t.name, l.name AS list, i.name AS part
    FROM sqlite_master t JOIN pragma_index_list(t.name) l JOIN pragma_index_info(l.name) i
    WHERE t.type = 'table' AND l.\"unique\" AND l.origin <> 'pk' AND t.name <> '_sqlx_migrations'
    ORDER BY t.name, l.name, i.seqno)
GROUP BY name, list";

const POSTGRES_UNIQUE: &str = "
SELECT t.relname || ' (' || string_agg(coalesce(a.attname, 'expression'), ', ' ORDER BY part.place) || ')'
FROM pg_index i
JOIN pg_class t ON t.oid = i.indrelid
JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS part (number, place)
LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = part.number AND 0 < part.number
WHERE i.indisunique AND NOT i.indisprimary AND t.relname <> '_sqlx_migrations'
GROUP BY t.relname, i.indexrelid";

/// `table index`, those made by CREATE INDEX.
const SQLITE_INDEXES: &str = "
SELECT tbl_name || ' ' || name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL";

const POSTGRES_INDEXES: &str = "
SELECT t.relname || ' ' || i.relname
FROM pg_index x
JOIN pg_class i ON i.oid = x.indexrelid
JOIN pg_class t ON t.oid = x.indrelid
JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = x.indexrelid) AND t.relname <> '_sqlx_migrations'";
