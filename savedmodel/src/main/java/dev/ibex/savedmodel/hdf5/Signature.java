package dev.ibex.savedmodel.hdf5;

/** What structures begin with, as a number whose least significant byte is the first letter. */
final class Signature {
  static final int OBJECT_HEADER = of("OHDR");
  static final int CONTINUATION = of("OCHK");
  static final int TREE = of("TREE");
  static final int SYMBOLS = of("SNOD");
  static final int LOCAL_HEAP = of("HEAP");
  static final int GLOBAL_HEAP = of("GCOL");
  static final int FRACTAL_HEAP = of("FRHP");
  static final int DIRECT_BLOCK = of("FHDB");
  static final int INDIRECT_BLOCK = of("FHIB");
  static final int TREE_2 = of("BTHD");
  static final int TREE_2_INNER = of("BTIN");
  static final int TREE_2_LEAF = of("BTLF");
  static final int FIXED_ARRAY = of("FAHD");
  static final int FIXED_ARRAY_BLOCK = of("FADB");
  static final int EXTENSIBLE_ARRAY = of("EAHD");
  static final int EXTENSIBLE_INDEX = of("EAIB");
  static final int EXTENSIBLE_SUPER = of("EASB");
  static final int EXTENSIBLE_BLOCK = of("EADB");

  private Signature() {}

  private static int of(String letters) {
    return letters.charAt(0)
        | (letters.charAt(1) << 8)
        | (letters.charAt(2) << 16)
        | (letters.charAt(3) << 24);
  }

  /**
   * Makes sure that a structure begins so.
   *
   * @throws Damage if not
   */
  static void check(java.nio.ByteBuffer in, int signature, String what) {
    if (in.getInt() != signature) {
      throw new Damage("there is no " + what + " where one should be");
    }
  }
}
