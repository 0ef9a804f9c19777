package org.meridian.core.spi;

import java.util.List;
import java.util.Optional;

/**
 * The key that Meridian logs in with, the one that is to take its place, and who accepts them. Keys are public ones in
 * OpenSSH's form without a comment. Every call may be repeated, and throws {@link org.meridian.core.diagnostic.Failure}
 * that names the machine or the key when it can't be done.
 */
public interface KeyAccess {
    /** The key that is logged in with. */
    String current();

    /** Where that key is, for people. */
    String source();

    /** The machines besides the servers that Meridian made. */
    List<KeyPlace> machines() throws InterruptedException;

    /** The lines of keys that may log in there as the user that deploys. */
    List<String> accepted(KeyPlace place) throws InterruptedException;

    /** Lets this key in beside the former one, with the same restrictions where that has any. */
    void add(KeyPlace place, String key, String former) throws InterruptedException;

    /** Lets this key in no more; refuses where the one that stays is not let in. */
    void remove(KeyPlace place, String key, String stays) throws InterruptedException;

    /** The key that is to take the current one's place; empty while there is none here. */
    Optional<String> next();

    /** Makes that key; throws a Failure of kind USAGE where a person has to name one. */
    String prepare();

    /** Logs in with that key and nothing else. */
    void tryNext(KeyPlace place) throws InterruptedException;

    /** Makes it the current one; false where that is for a person to do, in a store of secrets. */
    boolean promote();

    /** Forgets it. */
    void discard();
}
