package dev.ibex.savedmodel.files;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a zip of uncompressed entries, which readers can map and seek in. */
public final class ZipWriter implements AutoCloseable {
  private final ZipOutputStream zip;

  /** Starts a zip on a stream; closing it ends the zip and leaves the stream open. */
  public ZipWriter(OutputStream out) {
    this.zip = new ZipOutputStream(out);
  }

  /** Adds an entry. */
  public void add(String name, byte[] content) throws IOException {
    add(name, content.length, out -> out.write(content));
  }

  /**
   * Adds an entry.
   *
   * @param size the number of bytes
   * @param content written twice, the same bytes each time: once for the checksum, which comes
   *     first in the file
   */
  public void add(String name, long size, AtomicFile.Content content) throws IOException {
    CRC32 crc = new CRC32();
    content.writeTo(new CheckedOutputStream(OutputStream.nullOutputStream(), crc));
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(size);
    entry.setCompressedSize(size);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    content.writeTo(zip);
    zip.closeEntry();
  }

  @Override
  public void close() throws IOException {
    zip.finish();
  }
}
