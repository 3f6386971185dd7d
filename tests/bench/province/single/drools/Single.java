package bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.drools.model.codegen.ExecutableModelProject;
import org.kie.api.KieBase;
import org.kie.api.io.ResourceType;
import org.kie.api.runtime.KieSession;
import org.kie.internal.utils.KieHelper;

/**
 * Drools, one record at a time: a rule for each policy, and a fact that is inserted, fired on and deleted, in one session.
 *
 * <p>Single EXPORT, of ../export.py, by Drools' executable model. `load_s` is from the rules' text to a session, `first_us` the first record.
 */
public class Single {
    static final long LIMIT_NS = 120_000_000_000L;
    static final int REPETITIONS = 4; // the later ones run what the first ones warmed

    static List<String> columns = new ArrayList<>();

    /** A condition in Drools' words; what is not known is -1. */
    static String condition(Iterator<String> words) {
        String kind = words.next();
        if (kind.equals("A") || kind.equals("O")) {
            List<String> parts = new ArrayList<>();
            for (int left = Integer.parseInt(words.next()); left > 0; left--) parts.add(condition(words));
            return "(" + String.join(kind.equals("A") ? " && " : " || ", parts) + ")";
        }
        if (kind.equals("F")) return "county < -5";
        String column = words.next();
        if (kind.equals("R")) {
            String low = words.next(), high = words.next();
            if (low.equals(high)) return column + " == " + low;
            if (high.equals("-1")) return column + " >= " + low;
            return "(" + column + " >= " + Math.max(0, Integer.parseInt(low)) + " && " + column + " <= " + high + ")";
        }
        String values = words.next();
        if (kind.equals("H") || kind.equals("X"))
            return (kind.equals("H") ? "has(" : "lacks(") + columns.indexOf(column) + ", " + values + ")";
        boolean among = kind.equals("S");
        List<String> parts = new ArrayList<>();
        if (!among) parts.add(column + " >= 0");
        for (String value : values.split(",")) parts.add(column + (among ? " == " : " != ") + value);
        return "(" + String.join(among ? " || " : " && ", parts) + ")";
    }

    static String rule(String line) {
        Iterator<String> words = Arrays.asList(line.split(" ")).iterator();
        String id = words.next();
        words.next(); // a policy is `A`, all of its conditions
        List<String> parts = new ArrayList<>();
        for (int left = Integer.parseInt(words.next()); left > 0; left--) parts.add(condition(words));
        return "rule \"P" + id + "\" when Rec(" + String.join(", ", parts) + ") then out.add(" + id + "); end\n";
    }

    static Rec record(String line) {
        String[] words = line.split(" ");
        int[] values = new int[columns.size()];
        int[][] lists = new int[columns.size()][];
        for (int i = 0; i < values.length; i++) {
            String word = words[i + 1];
            if (word.equals("-")) values[i] = -1;
            else if (word.startsWith(","))
                lists[i] = Arrays.stream(word.split(",")).filter(x -> !x.isEmpty()).mapToInt(Integer::parseInt).toArray();
            else values[i] = Integer.parseInt(word);
        }
        return new Rec(Integer.parseInt(words[0]), values, lists);
    }

    static long mix(long x) {
        x = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }

    static long memory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Seconds of the processors, compiling in the background included. */
    static double processor() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        for (String line : Files.readAllLines(folder.resolve("columns.txt"))) columns.add(line.split(" ")[0]);
        List<String> policies = Files.readAllLines(folder.resolve("policies.txt"));
        StringBuilder text = new StringBuilder("package bench.rules;\nimport bench.Rec;\nglobal java.util.List out;\n");
        for (String line : policies) text.append(rule(line));

        long before = memory(), begin = System.nanoTime();
        double used = processor();
        KieHelper helper = new KieHelper();
        helper.addContent(text.toString(), ResourceType.DRL);
        KieBase base = helper.build(ExecutableModelProject.class);
        KieSession session = base.newKieSession();
        List<Integer> out = new ArrayList<>();
        session.setGlobal("out", out);
        double load = (System.nanoTime() - begin) / 1e9, loadProcessor = processor() - used;
        long megabytes = (memory() - before) >> 20;

        List<Rec> records = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("records.txt"))) records.add(record(line));
        List<Double> microseconds = new ArrayList<>();
        long matches = 0, digest = 0, end = System.nanoTime() + LIMIT_NS;
        double first = 0;
        int done = 0;
        for (int repetition = 0; repetition < REPETITIONS && System.nanoTime() < end; repetition++) {
            microseconds.clear();
            matches = digest = done = 0;
            for (Rec record : records) {
                out.clear();
                long from = System.nanoTime();
                var fact = session.insert(record);
                session.fireAllRules();
                session.delete(fact);
                microseconds.add((System.nanoTime() - from) / 1e3);
                if (first == 0) first = microseconds.get(0);
                done++;
                matches += out.size();
                for (int policy : out) digest += mix(((long) policy << 40) + record.position + 0x9e3779b97f4a7c15L);
                if (System.nanoTime() > end) break;
            }
        }
        Collections.sort(microseconds);
        System.out.printf(
                "{\"engine\":\"drools\",\"policies\":%d,\"load_s\":%.3f,\"load_cpu_s\":%.3f,\"mb\":%d,\"records\":%d,\"first_us\":%.0f,"
                        + "\"p50_us\":%.1f,\"p99_us\":%.1f,\"matches\":%d,\"digest\":\"%016x\"}%n",
                policies.size(), load, loadProcessor, megabytes, done, first, microseconds.get(done / 2),
                microseconds.get(done * 99 / 100), matches, digest);
    }
}
