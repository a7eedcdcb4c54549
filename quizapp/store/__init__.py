"""What is kept: tables and their queries, migrations, and bank files."""
