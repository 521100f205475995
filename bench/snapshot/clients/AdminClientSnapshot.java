import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;

/** Kafka's own AdminClient with its batched calls: the same questions as ours, a new client for each snapshot. */
public class AdminClientSnapshot {
    public static void main(String[] args) throws Exception {
        List<String> runs = new ArrayList<>();
        for (int run = 0; run < Integer.parseInt(args[1]); run++) {
            runs.add(snapshot(args[0]));
        }
        System.out.println("{\"snapshots\":[" + String.join(",", runs) + "],\"peakMemoryMb\":" + peakMemoryMb() + "}");
    }

    private static String snapshot(String brokers) throws Exception {
        var process = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpuBefore = process.getProcessCpuTime();
        long startedAt = System.nanoTime();
        Properties properties = new Properties();
        properties.put("bootstrap.servers", brokers);
        int groups;
        double requests;
        double bytes;
        try (Admin admin = Admin.create(properties)) {
            var listed = admin.listGroups().all().get();
            groups = listed.size();
            var alive = listed.stream()
                .filter(group -> group.groupState().map(state -> !state.toString().equals("Empty")).orElse(true))
                .toList();
            admin.describeConsumerGroups(idsOf(alive, GroupType.CONSUMER)).all().get();
            admin.describeClassicGroups(idsOf(alive, GroupType.CLASSIC)).all().get();
            admin.describeShareGroups(idsOf(alive, GroupType.SHARE)).all().get();
            admin.describeStreamsGroups(idsOf(alive, GroupType.STREAMS)).all().get();
            Map<String, ListConsumerGroupOffsetsSpec> specs = listed.stream()
                .filter(group -> group.type().orElse(GroupType.CLASSIC) != GroupType.SHARE)
                .collect(Collectors.toMap(group -> group.groupId(), group -> new ListConsumerGroupOffsetsSpec()));
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
            admin.listConsumerGroupOffsets(specs).all().get().values().forEach(offsets -> offsets.keySet().forEach(partition -> {
                latest.put(partition, OffsetSpec.latest());
                earliest.put(partition, OffsetSpec.earliest());
            }));
            admin.listOffsets(latest).all().get();
            admin.listOffsets(earliest).all().get();
            requests = metric(admin, "request-total");
            bytes = metric(admin, "outgoing-byte-total") + metric(admin, "incoming-byte-total");
        }
        double wallMs = (System.nanoTime() - startedAt) / 1e6;
        double cpuMs = (process.getProcessCpuTime() - cpuBefore) / 1e6;
        return String.format("{\"requests\":%.0f,\"bytes\":%.0f,\"cpuMs\":%.1f,\"wallMs\":%.1f,\"groups\":%d}",
            requests, bytes, cpuMs, wallMs, groups);
    }

    private static List<String> idsOf(List<org.apache.kafka.clients.admin.GroupListing> groups, GroupType type) {
        return groups.stream().filter(group -> group.type().orElse(GroupType.CLASSIC) == type).map(group -> group.groupId()).toList();
    }

    private static double metric(Admin admin, String name) {
        return admin.metrics().values().stream()
            .filter(metric -> metric.metricName().name().equals(name) && metric.metricName().group().equals("admin-client-metrics"))
            .mapToDouble(metric -> (Double) metric.metricValue())
            .sum();
    }

    /** Linux only; 0 elsewhere. */
    private static long peakMemoryMb() throws Exception {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) return 0;
        return Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
            .findFirst()
            .orElse(0);
    }
}
