namespace Sigma.Yaml;

/// <summary>Reads a text from an offset on, without a copy: a file may have thousands of broken documents.</summary>
internal sealed class RestOfText(string text, int at) : TextReader
{
    public override int Peek() => at < text.Length ? text[at] : -1;

    public override int Read() => at < text.Length ? text[at++] : -1;
}
