package dev.ibex.savedmodel.keras;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Zips with other content. */
public final class Zips {
  private Zips() {}

  /** Returns the entries of a zip. */
  public static Map<String, byte[]> entries(Path zip) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile in = new ZipFile(zip.toFile())) {
      for (Enumeration<? extends ZipEntry> e = in.entries(); e.hasMoreElements(); ) {
        ZipEntry entry = e.nextElement();
        entries.put(entry.getName(), in.getInputStream(entry).readAllBytes());
      }
    }
    return entries;
  }

  /** Returns a zip. */
  public static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> e : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(e.getKey()));
        out.write(e.getValue());
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** An edit of an entry. */
  public interface Edit {
    /** Returns the new content; null to leave the entry out. */
    byte @Nullable [] edit(byte[] content) throws IOException;
  }

  /** Writes a zip with one entry edited, and returns its path. */
  public static Path edit(Path from, Path to, String name, Edit edit) throws IOException {
    Map<String, byte[]> entries = entries(from);
    byte[] edited = edit.edit(entries.getOrDefault(name, new byte[0]));
    if (edited == null) {
      entries.remove(name);
    } else {
      entries.put(name, edited);
    }
    return Files.write(to, zip(entries));
  }
}
