package org.meridian.cli.doctor;

import java.nio.file.Path;

/** Whether there is room for state and logs beside the configuration. */
record ProjectDiskCheck(Path project) implements Check {
    private static final DiskSpace NEEDED =
            new DiskSpace("project disk", DiskSpace.GIB / 2, DiskSpace.GIB / 20, "Make room on that disk.");

    @Override
    public Finding look() {
        return NEEDED.of(project);
    }
}
