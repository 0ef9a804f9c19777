INSERT INTO posts (title, body)
SELECT 'Welcome', 'This journal runs in **several regions** at once.\n\n- It reads from the database beside it,\n- writes to the primary,\n- and keeps rendered pages in the cache on each server.\n\nWrite something below the list of posts.'
FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM posts)
