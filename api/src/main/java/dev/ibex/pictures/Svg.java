package dev.ibex.pictures;

import java.awt.Color;
import java.awt.Dimension;
import java.io.ByteArrayOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Pictures as lines and text. */
final class Svg {
  private Svg() {}

  static byte[] bytes(Picture picture) {
    try {
      Document document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument(SVGGraphics2D.SVG_NAMESPACE_URI, "svg", null);
      SVGGraphics2D graphics = new SVGGraphics2D(document);
      graphics.setSVGCanvasSize(new Dimension(picture.width(), picture.height()));
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, picture.width(), picture.height());
      picture.painter().accept(graphics);
      Element root = graphics.getRoot();
      Element title = document.createElementNS(SVGGraphics2D.SVG_NAMESPACE_URI, "title");
      title.setTextContent(picture.title());
      root.insertBefore(title, root.getFirstChild());
      root.setAttribute("viewBox", "0 0 " + picture.width() + " " + picture.height());
      return text(root);
    } catch (ParserConfigurationException | TransformerException e) {
      throw new IllegalStateException("this Java runtime cannot write XML", e);
    }
  }

  private static byte[] text(Element root) throws TransformerException {
    Transformer transformer = TransformerFactory.newInstance().newTransformer();
    transformer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
    transformer.setOutputProperty(OutputKeys.INDENT, "no");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    transformer.transform(new DOMSource(root), new StreamResult(bytes));
    return bytes.toByteArray();
  }
}
