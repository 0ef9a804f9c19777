-- The identity of the claim that holds the lock, which every write matches, whoever wrote the holder.
ALTER TABLE meridian_lock ADD COLUMN claim TEXT GENERATED ALWAYS AS (json_extract(holder, '$.id')) VIRTUAL;

-- What tells an app's state here from that in any other store.
CREATE TABLE meridian_store (
    app  TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
) STRICT;
