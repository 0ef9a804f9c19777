package org.meridian.journal;

/**
 * A job that a worker has taken: to count the words of a post.
 *
 * @param attempt the how-manieth time that it was taken, from 1; only the last who took it may finish it
 */
record Job(long id, long post, int attempt) {}
