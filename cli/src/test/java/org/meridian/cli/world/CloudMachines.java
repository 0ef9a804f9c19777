package org.meridian.cli.world;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.meridian.core.bootstrap.UserData;

/** The instances of a test cloud as machines that boot, with exactly the user data that was asked for. */
final class CloudMachines implements org.meridian.testkit.ec2.Machines {
    private final Machines machines;
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();

    CloudMachines(Machines machines) {
        this.machines = machines;
    }

    @Override
    public String start(String id, String userData) {
        int number = machines.add(1, new UserData(userData));
        numbers.put(id, number);
        return machines.address(number);
    }

    @Override
    public void terminate(String id) {
        Integer number = numbers.remove(id);
        if (number != null) {
            machines.remove(number);
        }
    }
}
