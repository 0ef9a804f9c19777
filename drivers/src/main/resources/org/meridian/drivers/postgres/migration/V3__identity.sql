-- The identity of the claim that holds the lock, which every write matches, whoever wrote the holder.
ALTER TABLE meridian_lock ADD COLUMN claim text GENERATED ALWAYS AS (holder::json ->> 'id') STORED;

-- What tells an app's state here from that in any other store.
CREATE TABLE meridian_store (
    app  text NOT NULL PRIMARY KEY,
    body text NOT NULL
);
