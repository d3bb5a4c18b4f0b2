package io.apiguard.extension.cli;

import io.apiguard.GuardSettings;
import io.apiguard.authn.apikey.ApiKeyRecord;
import io.apiguard.authn.apikey.ApiKeyRepository;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The keys in a file that the guard reads as {@code api-keys.file}. It knows less than a database does: a revoked key is taken out, and
 * times of use are not kept.
 *
 * <p>The file is written anew beside itself under the name of its lock, read back, and moved into place, so that a guard that starts
 * meanwhile reads the old one or the new one.
 */
final class FileApiKeyRepository implements ApiKeyRepository {

    private final Path file;
    private final Path lock;

    FileApiKeyRepository(Path file) {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(".yaml") && !name.endsWith(".yml")) {
            throw new CannotUseException("the file of keys must be YAML: name it with the ending .yaml or .yml", null);
        }
        this.file = file.toAbsolutePath();
        this.lock = this.file.resolveSibling("." + name + ".lock.yaml");
    }

    @Override
    public Optional<ApiKeyRecord> find(String id) {
        return Optional.ofNullable(read(file).get(id));
    }

    @Override
    public List<ApiKeyRecord> list(String after, int limit) {
        return read(file).tailMap(after, false).values().stream().limit(limit).toList();
    }

    @Override
    public boolean insert(ApiKeyRecord record) {
        return change(records -> records.putIfAbsent(record.id(), kept(record)) == null);
    }

    @Override
    public boolean update(ApiKeyRecord expected, ApiKeyRecord changed) {
        return change(records -> put(records, expected, changed));
    }

    @Override
    public boolean rotate(ApiKeyRecord expected, ApiKeyRecord changed, ApiKeyRecord successor) {
        return change(records ->
                put(records, expected, changed) && records.putIfAbsent(successor.id(), kept(successor)) == null);
    }

    @Override
    public void touch(Map<String, Instant> lastUsed) {
        throw new UnsupportedOperationException("a file of keys does not keep when they were used");
    }

    private static boolean put(Map<String, ApiKeyRecord> records, ApiKeyRecord expected, ApiKeyRecord changed) {
        return changed.revokedAt() != null
                ? records.remove(expected.id(), expected)
                : records.replace(expected.id(), expected, kept(changed));
    }

    /** What the file has a field for. */
    private static ApiKeyRecord kept(ApiKeyRecord record) {
        return new ApiKeyRecord(
                record.id(),
                record.hash(),
                record.secretKeyId(),
                record.grant(),
                record.enabled(),
                record.createdAt(),
                null,
                null,
                record.replacedBy(),
                0);
    }

    private boolean change(Predicate<NavigableMap<String, ApiKeyRecord>> change) {
        try {
            lock();
            boolean moved = false;
            try {
                NavigableMap<String, ApiKeyRecord> records = Files.exists(file) ? read(file) : new TreeMap<>();
                moved = change.test(records) && write(records);
                return moved;
            } finally {
                if (!moved) {
                    Files.deleteIfExists(lock);
                }
            }
        } catch (IOException e) {
            throw new CannotUseException("the file of keys " + file + " cannot be written", e);
        }
    }

    private void lock() throws IOException {
        try {
            Files.createFile(lock);
        } catch (FileAlreadyExistsException e) {
            throw new CannotUseException(
                    "the file of keys is being written by another run; if there is none, remove " + lock, e);
        }
    }

    private boolean write(NavigableMap<String, ApiKeyRecord> records) throws IOException {
        Files.writeString(lock, KeyFileText.of(records.values()));
        if (!read(lock).equals(records)) {
            throw new CannotUseException("the file of keys would not read back as written; nothing was changed", null);
        }
        keepPermissions();
        Files.move(lock, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return true;
    }

    private void keepPermissions() throws IOException {
        if (Files.exists(file) && Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(lock, Files.getPosixFilePermissions(file));
        }
    }

    private static NavigableMap<String, ApiKeyRecord> read(Path from) {
        try {
            NavigableMap<String, ApiKeyRecord> records = new TreeMap<>();
            Map<String, String> settings = Map.of("secrets.source", "environment", "api-keys.file", from.toString());
            GuardSettings.of(settings).apiKeys().allKeys().forEach(key -> records.put(key.id(), key.toRecord()));
            return records;
        } catch (IllegalArgumentException e) {
            throw new CannotUseException("the file of keys " + from + ": " + e.getMessage(), e);
        }
    }
}
