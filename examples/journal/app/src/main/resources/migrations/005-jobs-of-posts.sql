INSERT INTO jobs (post_id)
SELECT id FROM posts WHERE words IS NULL AND NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.post_id = posts.id)
