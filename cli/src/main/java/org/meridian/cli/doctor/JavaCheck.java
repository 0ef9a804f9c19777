package org.meridian.cli.doctor;

/** Whether Java is new enough. */
record JavaCheck(Runtime.Version version) implements Check {
    private static final int NEEDED = 25;

    @Override
    public Finding look() {
        return version.feature() >= NEEDED
                ? Finding.ok("java", version.toString())
                : Finding.fail(
                        "java",
                        "this is Java " + version.feature() + ", and " + NEEDED + " or newer is needed",
                        "Install a JDK " + NEEDED + " or newer and let JAVA_HOME name it.");
    }
}
