package dev.ibex.savedmodel.hdf5;

/** The numbers of the messages in an object's header. */
final class MessageType {
  static final int SPACE = 0x01;
  static final int LINK_INFO = 0x02;
  static final int TYPE = 0x03;
  static final int OLD_FILL = 0x04;
  static final int FILL = 0x05;
  static final int LINK = 0x06;
  static final int EXTERNAL = 0x07;
  static final int LAYOUT = 0x08;
  static final int GROUP_INFO = 0x0a;
  static final int FILTERS = 0x0b;
  static final int ATTRIBUTE = 0x0c;
  static final int CONTINUATION = 0x10;
  static final int SYMBOL_TABLE = 0x11;
  static final int ATTRIBUTE_INFO = 0x15;

  private MessageType() {}
}
