package dev.ibex.graph;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.NodeDef;

/** The functions of a described graph, by name. Immutable but for what it remembers. */
public final class FunctionLibrary {
  private static final int HASH = 8;
  private static final String CUSTOM = "_gradient_op_type";

  /** How many functions may call each other in turn, the first and the last included. */
  private static final int MAX_DEPTH = 500;

  private final Map<String, FunctionDef> functions = new LinkedHashMap<>();
  private final Map<String, String> unique = new HashMap<>();

  private final Map<String, CustomGradient> gradients = new HashMap<>();

  /** Takes the functions of a library, and what is known of the derivatives in it. */
  public FunctionLibrary(FunctionDefLibrary library, Collection<CustomGradient> gradients) {
    library.getFunctionList().forEach(f -> functions.put(f.getSignature().getName(), f));
    gradients.forEach(g -> this.gradients.put(g.type(), g));
  }

  /** Returns whether a node's derivative is another than its op's. */
  static boolean isCustom(NodeDef node) {
    return node.getOp().equals("IdentityN") && node.containsAttr(CUSTOM);
  }

  /** Returns the derivative of a node whose op's is not meant, as far as it is known. */
  Optional<CustomGradient> gradient(NodeDef node, FunctionDef function) {
    String in = function.getSignature().getName();
    return isCustom(node)
        ? Optional.ofNullable(gradients.get(node.getAttrOrThrow(CUSTOM).getS().toStringUtf8()))
            .filter(g -> g.captures().stream().allMatch(c -> c.function().equals(in)))
        : Optional.empty();
  }

  /**
   * Returns a function.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public FunctionDef get(String name) {
    FunctionDef function = functions.get(name);
    if (function == null) {
      throw new IllegalArgumentException("there is no function " + name + " in the library");
    }
    return function;
  }

  /**
   * Returns a function and all that it calls in turn, called nodes and bodies of loops alike.
   *
   * @throws IllegalArgumentException if one is not there, or one calls itself in turn
   */
  public Collection<FunctionDef> closure(String name) {
    Map<String, FunctionDef> found = new LinkedHashMap<>();
    depth(name, found, new HashMap<>(), new LinkedHashSet<>());
    return found.values();
  }

  /**
   * Collects a function and those it calls.
   *
   * @param depths how many functions deep the calls of each are that was left
   * @param active those that were entered and not left
   */
  private int depth(
      String name,
      Map<String, FunctionDef> found,
      Map<String, Integer> depths,
      Set<String> active) {
    Integer known = depths.get(name);
    if (known != null) {
      return known;
    } else if (!active.add(name)) {
      throw new IllegalArgumentException(
          "the function " + name + " calls itself, through " + active + ", and would never end");
    }
    if (active.size() > MAX_DEPTH) {
      throw tooDeep(name);
    }
    FunctionDef function = get(name);
    found.put(name, function);
    int depth = 0;
    for (NodeDef node : function.getNodeDefList()) {
      for (String called : named(node)) {
        depth = Math.max(depth, depth(called, found, depths, active));
      }
    }
    active.remove(name);
    if (depth >= MAX_DEPTH) {
      throw tooDeep(name);
    }
    depths.put(name, depth + 1);
    return depth + 1;
  }

  private static IllegalArgumentException tooDeep(String name) {
    return new IllegalArgumentException(
        "more than " + MAX_DEPTH + " functions call each other in turn, one of them " + name);
  }

  /** Returns the functions that a node's attributes name. */
  public static Set<String> named(NodeDef node) {
    Set<String> names = new LinkedHashSet<>();
    node.getAttrMap().values().forEach(a -> named(a, names));
    return names;
  }

  private static void named(AttrValue value, Set<String> names) {
    if (value.hasFunc()) {
      names.add(value.getFunc().getName());
      value.getFunc().getAttrMap().values().forEach(a -> named(a, names));
    }
    value.getList().getFuncList().forEach(f -> names.add(f.getName()));
  }

  /** Returns a name that only a function of the same content has, in whatever library. */
  synchronized String unique(String name) {
    String known = unique.get(name);
    if (known == null) {
      MessageDigest digest = sha256();
      digest.update(get(name).toByteArray());
      for (NodeDef node : get(name).getNodeDefList()) {
        named(node).forEach(f -> digest.update(unique(f).getBytes(StandardCharsets.UTF_8)));
      }
      known = name + "_" + HexFormat.of().formatHex(digest.digest(), 0, HASH);
      unique.put(name, known);
    }
    return known;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** Returns functions and all that they call, under their unique names. */
  FunctionDefLibrary renamed(Set<String> names) {
    Map<String, FunctionDef> found = new TreeMap<>();
    names.forEach(n -> closure(n).forEach(f -> found.put(f.getSignature().getName(), f)));
    FunctionDefLibrary.Builder library = FunctionDefLibrary.newBuilder();
    found.values().forEach(f -> library.addFunction(renamed(f)));
    return library.build();
  }

  private FunctionDef renamed(FunctionDef function) {
    FunctionDef.Builder renamed = function.toBuilder();
    renamed.getSignatureBuilder().setName(unique(function.getSignature().getName()));
    List<NodeDef> nodes = function.getNodeDefList();
    for (int i = 0; i < nodes.size(); i++) {
      NodeDef.Builder node = renamed.getNodeDefBuilder(i);
      nodes.get(i).getAttrMap().forEach((k, v) -> node.putAttr(k, renamed(v)));
    }
    return renamed.build();
  }

  /** Returns an attribute that names functions by their unique names. */
  AttrValue renamed(AttrValue value) {
    AttrValue.Builder renamed = value.toBuilder();
    if (value.hasFunc()) {
      renamed.getFuncBuilder().setName(unique(value.getFunc().getName()));
      value
          .getFunc()
          .getAttrMap()
          .forEach((k, v) -> renamed.getFuncBuilder().putAttr(k, renamed(v)));
    }
    for (int i = 0; i < value.getList().getFuncCount(); i++) {
      renamed
          .getListBuilder()
          .getFuncBuilder(i)
          .setName(unique(value.getList().getFunc(i).getName()));
    }
    return renamed.build();
  }
}
