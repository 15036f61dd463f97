import type { AddressInfo } from 'node:net';
import SQLite from 'better-sqlite3';
import express from 'express';

/**
 * A job list as such services are usually written, and written well: Express, one table, an index for each filter
 * that ends in the order, statements prepared once, OFFSET for the page and COUNT(*) for the total. No signatures.
 * Argument: a database made by fill-count-service.ts.
 */
const db = new SQLite(process.argv[2] ?? '', { readonly: true });
db.pragma('cache_size = -32000');

const FIELDS =
  'id, title, description, user_id, type, editing_config, user_data, state, created_at, modified_at, input_file, keyword';
const statements = new Map<string, SQLite.Statement>();
const app = express();
app.disable('x-powered-by');
app.disable('etag');

app.get('/jobs', (request, response) => {
  const { account, type, state, order, page, pageSize } = request.query as Record<string, string | undefined>;
  const values = [account, type, state].filter((value) => value !== undefined);
  let where = 'WHERE user_id = ?';
  if (type !== undefined) where += ' AND type = ?';
  if (state !== undefined) where += ' AND state = ?';
  const direction = order === 'asc' ? 'ASC' : 'DESC';
  const size = Number(pageSize);
  const list = `SELECT ${FIELDS} FROM job ${where} ORDER BY created_at ${direction} LIMIT ${size} OFFSET ?`;
  const rows = statement(list).all(...values, (Number(page) - 1) * size) as Row[];
  const { total } = statement(`SELECT COUNT(*) AS total FROM job ${where}`).get(...values) as { total: number };
  response.json({ jobs: rows.map(job), total, page: Number(page), pageSize: size });
});

type Row = Record<string, string> & { readonly created_at: number; readonly modified_at: number };

function job(row: Row): object {
  return {
    JobId: row.id,
    Title: row.title,
    Description: row.description,
    UserId: Number(row.user_id),
    JobType: row.type,
    EditingConfig: row.editing_config,
    UserData: row.user_data,
    JobState: row.state,
    CreateTime: new Date(row.created_at).toISOString(),
    ModifiedTime: new Date(row.modified_at).toISOString(),
    InputConfig: { InputFile: row.input_file, Keyword: row.keyword },
    OutputConfig: {},
  };
}

function statement(sql: string): SQLite.Statement {
  let known = statements.get(sql);
  if (known === undefined) statements.set(sql, (known = db.prepare(sql)));
  return known;
}

const server = app.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: (server.address() as AddressInfo).port }));
});
