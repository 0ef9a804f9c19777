package org.meridian.core.model;

/** Where the servers of a new release go. */
public enum Strategy {
    /** Each release brings machines of its own, and the former ones go after the bake. */
    REPLACE,

    /** Machines stay: a new release is installed beside the former one. */
    IN_PLACE
}
