package org.meridian.cli.doctor;

/** Looks at one thing that Meridian relies on. */
interface Check {
    /** What was found; never throws for what it is there to find. */
    Finding look() throws InterruptedException;
}
