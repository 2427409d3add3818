"""The PostgreSQL that tests run on is real, ours alone, and gone afterwards."""

import asyncpg

from tests.postgres import PostgresCluster


async def test_each_name_is_a_database_of_its_own(postgres_cluster: PostgresCluster) -> None:
    first = await asyncpg.connect(postgres_cluster("first"))
    second = await asyncpg.connect(postgres_cluster("second"))

    await first.execute("CREATE TABLE posts (id bigint)")

    assert await second.fetchval("SELECT to_regclass('posts')") is None
    await first.close()
    await second.close()


async def test_the_same_name_is_the_same_database(postgres_cluster: PostgresCluster) -> None:
    assert postgres_cluster("first") == postgres_cluster("first")
