// Runs the statements of duckdb.sql and results.sql in DuckDB: node duckdb.js MODULES FOLDER RESULTS THREADS.
'use strict';
const fs = require('fs'), path = require('path');
const [modules, folder, results, threads] = process.argv.slice(2);
const { DuckDBInstance } = require(path.resolve(modules, 'node_modules/@duckdb/node-api'));
const text = (name) => fs.readFileSync(path.join(__dirname, name), 'utf8').replaceAll('FOLDER', folder);

async function main() {
    const instance = await DuckDBInstance.create(':memory:', { threads });
    const connection = await instance.connect();
    await connection.run(text('duckdb.sql'));
    await connection.run('set preserve_insertion_order = true'); // the results are put in order, and stay in it
    await connection.run(text('results.sql'));
    await connection.run(`copy results to '${results}' (header true, delimiter ',')`);
}

main().catch((error) => {
    console.error(String(error));
    process.exit(1);
});
