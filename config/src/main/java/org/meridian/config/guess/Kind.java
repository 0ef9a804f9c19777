package org.meridian.config.guess;

/** What part a service of a Compose file plays. */
enum Kind {
    /** Answers users. */
    APP,
    /** A web server or load balancer that passes requests on to other services. */
    PROXY,
    /** Has a page of its own, and is looked at by the team rather than by users: dashboards and the like. */
    TOOL,
    /** Takes jobs, or runs once. */
    TASK,
    /** A database, a cache, a queue and what else an app leans on; nobody outside may reach it. */
    BACKING
}
