using System.Reflection;
using System.Text.RegularExpressions;
using Sigma.Text;

namespace Sigma.Tests.Text;

/// <summary>The entries of codes and the factories that fill them in belong together.</summary>
public sealed partial class CodesTests
{
    public static TheoryData<string> Names =>
        [.. typeof(Codes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(code => code.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_factory_takes_the_placeholders_of_its_entry_in_their_order(string name)
    {
        Factory(name).GetParameters().Select(parameter => parameter.Name).Should().Equal(["span", .. Code(name).Placeholders]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_factory_fills_every_placeholder(string name)
    {
        object?[] arguments = [.. Factory(name).GetParameters().Select(parameter => Sample(parameter))];

        var made = (Diagnostic)Factory(name).Invoke(null, arguments)!;

        made.Code.Should().BeSameAs(Code(name));
        string whole = made.Message + "\n" + made.Hint;
        whole.Should().NotMatchRegex(Placeholder().ToString());
        foreach (string argument in arguments.Skip(1).Select(argument => argument!.ToString()!))
        {
            whole.Should().Contain(argument);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_entry_is_explained_and_written_in_the_house_style(string name)
    {
        DiagnosticCode code = Code(name);

        Sentences(code.Explanation).Should().BeInRange(2, 6);
        code.Explanation.Split('\n').Should().OnlyContain(line => line.Length <= 100);
        foreach (string text in (string[])[code.Message, code.Hint ?? ""])
        {
            text.Should().NotEndWith(".");
            (text.Length > 0 && char.IsUpper(text[0]) && !text.StartsWith("ATT&CK", StringComparison.Ordinal) && !text.StartsWith("YAML", StringComparison.Ordinal)).Should().BeFalse();
        }
    }

    [Fact]
    public void Every_entry_is_in_the_list_and_no_code_is_used_twice()
    {
        Codes.All.Should().HaveCount(Names.Count);
        Codes.All.Select(code => code.Id).Should().OnlyHaveUniqueItems().And.BeInAscendingOrder(StringComparer.Ordinal);
        Codes.All.Should().OnlyContain(code => Regex.IsMatch(code.Id, @"^SIG\d{4}\z"));
    }

    [Fact]
    public void Braces_of_the_user_are_not_filled_in()
    {
        Diagnostic.OptionValue(null, "{value}", "{option}", "x").Message.Should().Be("the option '{value}' must be {option}, not 'x'");
        Diagnostic.OutputCollision(null, "a", "b").Hint.Should().Contain("{{ rule.id }}");
        Diagnostic.UnknownPlaceholder(null, "feild", "field").Message.Should().Be("unknown placeholder '{feild}'");
    }

    [Fact]
    public void A_code_is_found_in_any_letter_case()
    {
        Codes.Find("sig0212").Should().BeSameAs(Codes.UnknownModifier);
        Codes.Find("SIG0000").Should().BeNull();
    }

    private static DiagnosticCode Code(string name) => (DiagnosticCode)typeof(Codes).GetField(name)!.GetValue(null)!;

    private static MethodInfo Factory(string name) =>
        typeof(Diagnostic).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static) ?? throw new InvalidOperationException($"no factory {name}");

    private static object? Sample(ParameterInfo parameter) =>
        parameter.Position == 0 ? null : parameter.ParameterType == typeof(long) ? 70L + parameter.Position : $"sample{parameter.Position}";

    /// <summary>The sentences before the example.</summary>
    private static int Sentences(string explanation) =>
        explanation.Split('\n').TakeWhile(line => !line.StartsWith("    ", StringComparison.Ordinal)).Sum(line => SentenceEnd().Count(line));

    [GeneratedRegex(@"(?<!\{)\{[a-z][A-Za-z]*\}(?!\})")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"[.:?](?=\s|$)")]
    private static partial Regex SentenceEnd();
}
