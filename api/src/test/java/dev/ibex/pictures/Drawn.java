package dev.ibex.pictures;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What is in a picture file. */
final class Drawn {
  private Drawn() {}

  static BufferedImage png(Path file) {
    try {
      return ImageIO.read(file.toFile());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static String size(BufferedImage image) {
    return image.getWidth() + "x" + image.getHeight();
  }

  static int[] pixels(BufferedImage image) {
    int w = image.getWidth();
    int[] pixels = image.getRGB(0, 0, w, image.getHeight(), null, 0, w);
    Arrays.setAll(pixels, i -> pixels[i] & 0xffffff);
    return pixels;
  }

  static long colors(BufferedImage image) {
    return Arrays.stream(pixels(image)).distinct().count();
  }

  static long count(BufferedImage image, int color) {
    return Arrays.stream(pixels(image)).filter(p -> p == color).count();
  }

  private static Element svg(Path file) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(Files.readAllBytes(file)))
          .getDocumentElement();
    } catch (Exception e) {
      throw new AssertionError(file + " is no XML", e);
    }
  }

  static String svgSize(Path file) {
    Element root = svg(file);
    return root.getTagName() + " " + root.getAttribute("width") + "x" + root.getAttribute("height");
  }

  static String svgTitle(Path file) {
    return svg(file).getElementsByTagName("title").item(0).getTextContent();
  }

  static List<String> svgTexts(Path file) {
    NodeList texts = svg(file).getElementsByTagName("text");
    return IntStream.range(0, texts.getLength())
        .mapToObj(i -> texts.item(i).getTextContent())
        .toList();
  }
}
