package org.meridian.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import org.meridian.core.model.Canary;

/**
 * Everything that a simulated run does and that goes wrong in it, as data: the same script gives the same run.
 *
 * @param seed   decides what is left open: delays, ties, what arrives of a call that was cut off
 * @param shape  the app
 * @param steps  what people do
 * @param faults what goes wrong
 */
public record Script(long seed, Shape shape, List<Step> steps, List<Fault> faults) {
    /** Copies the lists. */
    public Script {
        steps = List.copyOf(steps);
        faults = List.copyOf(faults);
    }

    /** Whether nothing goes wrong but that some calls are slow or get no answer, which must make nothing fail. */
    boolean merelyBusy() {
        boolean patient =
                faults.stream().allMatch(fault -> fault instanceof Fault.Busy || fault instanceof Fault.BlindStore);
        boolean oneAtATime = steps.stream().allMatch(step -> step.beside().isEmpty());
        boolean mayBeTooFew = shape.canary()
                .filter(canary -> canary.whenTooFew() == Canary.WhenTooFew.ROLL_BACK)
                .isPresent();
        return patient && oneAtATime && !mayBeTooFew && !shape.approve();
    }

    Script withShape(Shape other) {
        return new Script(seed, other, steps, faults);
    }

    Script withoutFault(int index) {
        List<Fault> fewer = new ArrayList<>(faults);
        fewer.remove(index);
        return new Script(seed, shape, steps, fewer);
    }

    /** Without a step; faults that loomed with it loom with the next, and those of its deployer go. */
    Script withoutStep(int index) {
        List<Step> fewer = new ArrayList<>(steps);
        fewer.remove(index);
        return new Script(
                seed,
                shape,
                fewer,
                faults.stream()
                        .filter(fault -> fault.step() != index)
                        .map(fault -> fault.step() > index ? Faults.earlier(fault) : fault)
                        .toList());
    }

    /** One line for each part. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("seed " + seed + "\n" + shape + "\n");
        for (int i = 0; i < steps.size(); i++) {
            text.append(i).append(": ").append(steps.get(i)).append('\n');
            for (Fault fault : faults) {
                if (fault.step() == i) {
                    text.append("   with ").append(fault).append('\n');
                }
            }
        }
        return text.toString();
    }
}
