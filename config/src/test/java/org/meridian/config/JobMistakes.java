package org.meridian.config;

import static org.meridian.config.Mistake.both;
import static org.meridian.config.Mistake.loader;

import java.util.List;

/** What can be wrong with what is run by schedule. */
final class JobMistakes {
    private static final String PART = "before_shift:";

    private JobMistakes() {}

    static List<Mistake> all() {
        return List.of(
                both(
                        PART,
                        job("schedule: #\"0 6 * *\", command: bin/digest"),
                        "jobs.digest.schedule: '0 6 * *' is no schedule",
                        "crontab(5)"),
                loader(
                        PART,
                        job("schedule: #\"60 6 * * *\", command: bin/digest"),
                        "jobs.digest.schedule: '60 6 * * *' is no schedule: value 60 not in range",
                        "crontab(5)"),
                loader(
                        PART,
                        job("schedule: #\"0 0 31 2 *\", command: bin/digest"),
                        "jobs.digest.schedule: '0 0 31 2 *' never comes",
                        "crontab(5)"),
                loader(
                        PART,
                        job("schedule: #\"5/10 * * * *\", command: bin/digest"),
                        "jobs.digest.schedule: '5/10 * * * *' is no schedule: '5/10' is not in crontab(5)",
                        "crontab(5)"),
                loader(
                        PART,
                        job("schedule: #\"0 0 */2 * 1\", command: bin/digest"),
                        "jobs.digest.schedule: '0 0 */2 * 1' means other days to other crons",
                        "crontab(5)"),
                loader(
                        PART,
                        job("schedule: \"0 6 * * *\", timezone: #Europe/Zuerich, command: bin/digest"),
                        "jobs.digest.timezone: there is no time zone 'Europe/Zuerich'; did you mean Europe/Zurich?",
                        "IANA"),
                loader(
                        PART,
                        job("schedule: \"0 6 * * *\", service: #wbe, command: bin/digest"),
                        "jobs.digest.service: there is no service 'wbe' in",
                        "Did you mean 'web'?"),
                loader(
                        PART,
                        job("schedule: \"0 6 * * *\", region: #asia, command: bin/digest"),
                        "jobs.digest.region: there is no region 'asia'",
                        "eu, us"),
                both(
                        PART,
                        job("schedule: \"0 6 * * *\", overlap: #wait, command: bin/digest"),
                        "jobs.digest.overlap: 'wait' is not known; known: skip, queue",
                        "Write skip"),
                both(
                        PART,
                        job("schedule: \"0 6 * * *\", command: bin/digest, timeout: #soon"),
                        "jobs.digest.timeout: 'soon' is not a time span",
                        "1s to 24h"),
                both(
                        PART,
                        "jobs: { #digest: { schedule: \"0 6 * * *\" } }\n" + PART,
                        "jobs.digest.command is missing",
                        "bin/"),
                both(
                        PART,
                        "jobs: { #Digest: { schedule: \"0 6 * * *\", command: bin/digest } }\n" + PART,
                        "jobs.Digest: 'Digest' is not a name",
                        "Name the job like 'digest'"));
    }

    private static String job(String inside) {
        return "jobs: { digest: { " + inside + " } }\n" + PART;
    }
}
