using System.Globalization;
using System.Text;

namespace Sigma.Documentation.Site;

/// <summary>Draws a condition's tree: a row a node, from the root down, as SVG; and says the same as nested lists.</summary>
internal sealed class TreeDrawing
{
    private const int RowHeight = 26;
    private const int Indent = 22;
    private const int PillWidth = 36;
    private const int Margin = 6;

    /// <summary>The width of a character of the drawing's fonts at their size, on the safe side.</summary>
    private const double CharacterWidth = 7.6;

    /// <summary>A longer text is cut in the drawing; the lists have it in full.</summary>
    private const int LongestText = 96;

    /// <summary>Values of one list stand beside each other in lines of about this many characters.</summary>
    private const int LineLength = 76;

    private readonly StringBuilder lines = new();
    private readonly StringBuilder rows = new();
    private int count;
    private double width;

    private TreeDrawing()
    {
    }

    /// <summary>Draws a tree.</summary>
    /// <param name="root">Its root.</param>
    /// <returns>An <c>svg</c> element that is hidden from assistive technology; <see cref="List"/> is its alternative.</returns>
    public static Html Draw(TreeNode root)
    {
        var drawing = new TreeDrawing();
        drawing.Row(root, 0, null);
        int height = (drawing.count * RowHeight) + Margin;
        string wide = ((int)Math.Ceiling(drawing.width) + Margin).ToString(CultureInfo.InvariantCulture);
        return new Html(new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"<svg class=\"tree\" width=\"{wide}\" height=\"{height}\" viewBox=\"0 0 {wide} {height}\" aria-hidden=\"true\" focusable=\"false\">")
            .Append("<path class=\"tl\" d=\"").Append(drawing.lines).Append("\"/>").Append(drawing.rows).Append("</svg>").ToString());
    }

    /// <summary>Says a tree as nested lists.</summary>
    /// <param name="root">Its root.</param>
    public static Html List(TreeNode root)
    {
        var output = new StringBuilder("<ul>");
        Item(output, root);
        return new Html(output.Append("</ul>").ToString());
    }

    private void Row(TreeNode node, int depth, int? parent)
    {
        (int x, int middle) = Place(depth, parent);
        int textAt = x;
        if (node.Joint is not Joint.None)
        {
            rows.Append(CultureInfo.InvariantCulture, $"<g class=\"tp {ClassOf(node.Joint)}\"><rect x=\"{x}\" y=\"{middle - 9}\" width=\"{PillWidth}\" height=\"18\" rx=\"9\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text x=\"{x + (PillWidth / 2)}\" y=\"{middle + 4}\">{PillOf(node.Joint)}</text></g>");
            textAt += PillWidth + 8;
        }
        else
        {
            textAt += Dot(x, middle);
        }

        Text(textAt, middle, [.. Parts(node).Select(part => (part.Kind, Cut(part.Text)))]);
        int stem = middle + (node.Joint is Joint.None ? 3 : 9);
        string between = node.Joint is Joint.All ? "and" : "or";
        var line = new List<(string Kind, string Text)>();
        for (int i = 0; i < node.Branches.Length; i++)
        {
            TreeNode branch = node.Branches[i];
            if (!IsPlainValue(branch))
            {
                Flush();
                Row(branch, depth + 1, stem);
                continue;
            }

            string value = Cut(branch.Value);
            if (line.Count > 0 && line.Sum(part => part.Text.Length + 1) + value.Length > LineLength)
            {
                Flush();
            }

            line.Add(("tv", value));
            if (i + 1 < node.Branches.Length)
            {
                line.Add(("tr", between));
            }
        }

        Flush();

        void Flush()
        {
            if (line.Count > 0)
            {
                (int left, int at) = Place(depth + 1, stem);
                Text(left + Dot(left, at), at, line);
                line.Clear();
            }
        }
    }

    /// <summary>Whether a node is a value and nothing else, so that it can share its row with its like.</summary>
    private static bool IsPlainValue(TreeNode node) => node is { Joint: Joint.None, Name: "", Subject: "", Relation: "", Branches: [] };

    /// <summary>Takes the next row, and ties it to the row of its parent.</summary>
    private (int Left, int Middle) Place(int depth, int? parent)
    {
        int x = Margin + (depth * Indent);
        int middle = Margin + (count++ * RowHeight) + (RowHeight / 2) - 2;
        if (parent is { } from)
        {
            lines.Append(CultureInfo.InvariantCulture, $"M{x - Indent + 10} {from}V{middle - 5}q0 5 5 5H{x}");
        }

        return (x, middle);
    }

    private int Dot(int x, int middle)
    {
        rows.Append(CultureInfo.InvariantCulture, $"<circle class=\"td\" cx=\"{x + 4}\" cy=\"{middle}\" r=\"3\"/>");
        return 14;
    }

    private void Text(int x, int middle, IReadOnlyList<(string Kind, string Text)> parts)
    {
        if (parts.Count == 0)
        {
            return;
        }

        rows.Append(CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{middle + 4}\">");
        for (int i = 0; i < parts.Count; i++)
        {
            rows.Append("<tspan class=\"").Append(parts[i].Kind).Append(i == 0 ? "\">" : "\" dx=\"7\">").Append(parts[i].Text.Shown()).Append("</tspan>");
        }

        rows.Append("</text>");
        width = Math.Max(width, x + parts.Sum(part => (part.Text.Length * CharacterWidth) + 7));
    }

    private static void Item(StringBuilder output, TreeNode node)
    {
        output.Append("<li>");
        string joint = node.Joint switch
        {
            Joint.All => "all of",
            Joint.Any => "any of",
            Joint.Not => "not",
            _ => "",
        };
        foreach ((string kind, string text) in Parts(node))
        {
            string? link = kind == "tn" ? node.Link : null;
            output.Append(link is null ? "" : $"<a href=\"{link.Escaped()}\">").Append(kind is "tv" or "ts" ? "<code>" : "");
            output.AppendExact(text).Append(kind is "tv" or "ts" ? "</code>" : "").Append(link is null ? "" : "</a>").Append(kind == "tn" && joint.Length > 0 ? ": " : " ");
        }

        output.Append(joint);
        if (!node.Branches.IsEmpty)
        {
            output.Append("<ul>");
            foreach (TreeNode branch in node.Branches)
            {
                Item(output, branch);
            }

            output.Append("</ul>");
        }

        output.Append("</li>");
    }

    private static IEnumerable<(string Kind, string Text)> Parts(TreeNode node)
    {
        (string Kind, string Text)[] parts = [("tn", node.Name), ("ts", node.Subject), ("tr", node.Relation), ("tv", node.Value)];
        return parts.Where(part => part.Text.Length > 0);
    }

    private static string Cut(string text)
    {
        string line = text.ReplaceLineEndings(" ");
        if (line.Length <= LongestText)
        {
            return line;
        }

        int end = char.IsHighSurrogate(line[LongestText - 2]) ? LongestText - 2 : LongestText - 1;
        return line[..end] + "…";
    }

    private static string ClassOf(Joint joint) => joint.ToString().ToLowerInvariant();

    private static string PillOf(Joint joint) => joint.ToString().ToUpperInvariant();
}
